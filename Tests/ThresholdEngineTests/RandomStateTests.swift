import TestSupport
import Testing
import ThresholdEngine

/// Values of numpy 2.4.6 (`numpy.random.RandomState`).
@Suite struct RandomStateTests {
  @Test(
    arguments: [
      (0, [2_357_136_044, 2_546_248_239, 3_071_714_933]),
      (4_294_967_295, [419_326_371, 479_346_978, 3_918_654_476]),
    ] as [(UInt32, [UInt32])]) func words(seed: UInt32, expected: [UInt32])
  {
    var random = RandomState(seed: seed)
    #expect(expected.map { _ in random.next32() } == expected)
  }

  @Test(
    arguments: [
      ([0x123, 0x234, 0x345, 0x456], [1_067_595_299, 955_945_823, 477_289_528]),
      ([7], [1_390_851_128, 4_071_050_724, 647_892_279]),
      ([1, 2, 3], [2_619_334_238, 1_552_691_353, 3_808_334_787]),
      (Array(0..<700), [3_727_595_200, 1_914_792_892, 3_929_396_303]),  // longer than the state
    ] as [([UInt32], [UInt32])]) func wordsOfLists(seeds: [UInt32], expected: [UInt32])
  {
    var random = RandomState(seeds: seeds)
    #expect(expected.map { _ in random.next32() } == expected)
  }

  @Test func normalsKeepASpareThatDoublesLeaveAlone() {
    var random = RandomState(seed: 12_345)
    #expect(random.double() == 0.9296160928171479)
    #expect(random.double() == 0.3163755545817859)
    #expect(random.standardNormal() == -0.5194387150567381)
    #expect(random.double() == 0.5677250290816866)
    #expect(random.standardNormal() == -0.55573030434749)
  }

  @Test func manyNormals() {
    var random = RandomState(seed: 4)
    let normals = (0..<200_001).map { _ in random.standardNormal() }
    #expect(
      SHA256.hexadecimal(normals.littleEndianBytes)
        == "9660332ff7b80fb6aa10593af76ba127a011cd016199186e7eee6017f4be22e7")
    #expect(random.double() == 0.3769790721716978)
  }

  @Test func integersOfEveryWidth() {
    var random = RandomState(seed: 42)
    let bounds = [1, 2, 3, 100, 1 << 31, 1 << 32, (1 << 32) + 1, 1 << 62]
    let expected = [
      0, 0, 0, 14, 996_406_378, 3_348_747_335, 2_563_451_924, 2_878_035_897_379_592_313,
    ]
    #expect(bounds.map { random.integer(below: $0) } == expected)
    #expect(random.double() == 0.15599452033620265)
    #expect(random.integer(below: 0) == 0)
    #expect(random.integer(below: -3) == 0)
  }

  @Test func permutationsAndChoices() {
    var random = RandomState(seed: 42)
    #expect(random.permutation(10) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    #expect(random.choice([5, 6, 7, 8, 9], count: 3) == [6, 5, 8])
    #expect(random.double() == 0.8661761457749352)
    #expect(random.permutation(0) == [])
    #expect(random.permutation(-1) == [])
    #expect(random.choice([1, 2], count: -1) == [])
  }
}
