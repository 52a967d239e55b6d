extension AxisMap {
  /// The customary shares, the middle and the extremes before those between.
  func shareTicks(_ format: Figure.Axis.TickFormat, in room: TickRoom) -> [Tick]? {
    let middle = customaryShares.count / 2
    let order = [0, 3, -3, 4, -4, 2, -2, 1, -1, 5, -5, 6, -6].map { customaryShares[middle + $0] }
    var chosen: [Tick] = []
    for share in order where share >= lower && share <= upper {
      let text = TickText.approximate(share, format, isASCII: room.isASCII)
      let longer = (chosen + [tick(share, text)]).sorted { $0.value < $1.value }
      if room.fits(longer) { chosen = longer }
    }
    return chosen.count >= 2 ? chosen : linearTicks(format, in: room)
  }
}
