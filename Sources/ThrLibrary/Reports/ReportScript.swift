import ContentHash

/// What runs in a page: the slider, and the tables' buttons.
///
/// It is the same in every page, reads the page's numbers as data, and writes texts only, so that
/// nothing of a report becomes code.
enum ReportScript {
  /// What a content security policy calls the script: no other runs.
  static let source = "'sha256-\(digest.base64)'"

  private static var digest: [UInt8] {
    let digits = Array(SHA256.hexadecimal(of: text.utf8))
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }

  static let text = #"""
    "use strict";
    (() => {
      const byId = (id) => document.getElementById(id);
      const say = (text) => { byId("announcement").textContent = text; };

      // Tables: sorted by the buttons of their headers, copied as tab-separated text.
      const cellKey = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
      };
      const compare = (a, b) => typeof a === "number" && typeof b === "number"
        ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
      const sortTable = (table, header) => {
        const column = header.cellIndex;
        const order = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => {
          const [x, y] = [cellKey(a, column), cellKey(b, column)];
          // What is missing comes last in either order.
          if (x === "" || y === "") return (x === "") - (y === "");
          return sign * compare(x, y);
        });
        table.tBodies[0].append(...rows);
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", order);
        say("Sorted by " + header.textContent + ", " + order);
      };
      const copyText = (text) => {
        if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        return done ? Promise.resolve() : Promise.reject();
      };
      for (const frame of document.querySelectorAll(".table")) {
        const table = frame.querySelector("table");
        for (const header of table.tHead.rows[0].cells) {
          header.querySelector("button").addEventListener("click", () => sortTable(table, header));
        }
        frame.querySelector(".copy").addEventListener("click", () => {
          const text = [...table.rows].map((row) => [...row.cells].map((cell) =>
            cell.dataset.value ?? cell.textContent.replace(/[\t\n]/g, " ")).join("\t")).join("\n");
          copyText(text + "\n").then(() => say("Table copied"), () => say("The table was not copied"));
        });
      }

      // The slider over the labellings.
      const source = byId("labellings");
      if (!source) return;
      const data = JSON.parse(source.textContent);
      const [positives, negatives] = [data.positives, data.negatives];
      const slider = byId("threshold");
      const ratio = (a, b) => b === 0 ? NaN : a / b;
      const short = (x, digits = 4) => {
        if (Number.isNaN(x)) return "undefined";
        if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
        return String(Number(x.toPrecision(digits)));
      };
      const count = (x) => x.toLocaleString("en", { maximumFractionDigits: 2 });
      const at = (place) => {
        const [tp, fp] = [data.tp[place], data.fp[place]];
        return { threshold: data.t[place] === null ? null : Number(data.t[place]),
          tp, fp, fn: positives - tp, tn: negatives - fp };
      };
      const rates = {
        precision: (c) => ratio(c.tp, c.tp + c.fp),
        recall: (c) => ratio(c.tp, positives),
        specificity: (c) => ratio(c.tn, negatives),
        npv: (c) => ratio(c.tn, c.tn + c.fn),
        f1: (c) => ratio(2 * c.tp, 2 * c.tp + c.fp + c.fn),
        flag_rate: (c) => ratio(c.tp + c.fp, positives + negatives),
        accuracy: (c) => ratio(c.tp + c.tn, positives + negatives),
        balanced_accuracy: (c) => (ratio(c.tp, positives) + ratio(c.tn, negatives)) / 2,
      };
      const set = (id, value, text) => {
        byId(id).dataset.value = String(value);
        byId(id).textContent = text;
      };
      const price = (id) => {
        const value = byId(id).valueAsNumber;
        return Number.isFinite(value) && value >= 0 ? value : NaN;
      };

      // The curves, in a square of 200 units.
      const plots = {
        roc: (c) => [ratio(c.fp, negatives), ratio(c.tp, positives)],
        pr: (c) => [ratio(c.tp, positives), ratio(c.tp, c.tp + c.fp)],
      };
      const place = ([x, y]) => (200 * x).toFixed(2) + "," + (200 - 200 * y).toFixed(2);
      for (const [name, point] of Object.entries(plots)) {
        const points = data.t.map((_, index) => point(at(index)))
          .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
        byId(name + "-line").setAttribute("points", points.map(place).join(" "));
      }

      let waiting;
      const show = () => {
        const c = at(Number(slider.value));
        const threshold = c.threshold === null ? "none" : short(c.threshold, 6);
        set("threshold-value", c.threshold === null ? "" : c.threshold, threshold);
        for (const key of ["tp", "fp", "fn", "tn"]) set("count-" + key, c[key], count(c[key]));
        for (const [name, rate] of Object.entries(rates)) {
          const value = rate(c);
          set("rate-" + name, value, short(value));
        }
        const cost = price("cost-fp") * c.fp + price("cost-fn") * c.fn;
        set("cost", cost, Number.isNaN(cost) ? "undefined" : count(cost));
        const each = ratio(cost, positives + negatives);
        set("cost-row", each, short(each));
        for (const [name, point] of Object.entries(plots)) {
          const [x, y] = point(c);
          const isDefined = Number.isFinite(x) && Number.isFinite(y);
          const mark = byId(name + "-mark");
          mark.setAttribute("visibility", isDefined ? "visible" : "hidden");
          if (isDefined) {
            mark.setAttribute("cx", 200 * x);
            mark.setAttribute("cy", 200 - 200 * y);
          }
        }
        const flagged = count(c.tp + c.fp) + " of " + count(positives + negatives);
        const text = (c.threshold === null ? "Nothing is flagged" : "Threshold " + threshold + ": "
          + flagged + " flagged, precision " + short(rates.precision(c)))
          + ", recall " + short(rates.recall(c));
        slider.setAttribute("aria-valuetext", text);
        byId("chosen").disabled = Number(slider.value) === data.chosen;
        // A screen reader is to hear where the slider stops, not each step on the way.
        clearTimeout(waiting);
        waiting = setTimeout(() => { byId("summary").textContent = text + "."; }, 150);
      };
      const move = (to) => {
        slider.value = String(to);
        show();
      };
      slider.addEventListener("input", show);
      byId("cost-fp").addEventListener("input", show);
      byId("cost-fn").addEventListener("input", show);
      byId("fewer").addEventListener("click", () => move(Number(slider.value) - 1));
      byId("more").addEventListener("click", () => move(Number(slider.value) + 1));
      byId("chosen").addEventListener("click", () => {
        move(data.chosen);
        slider.focus();
      });
      byId("slider").hidden = false;
      move(data.chosen);
    })();
    """#
}

extension [UInt8] {
  /// The bytes in base64 (RFC 4648).
  var base64: String {
    let digits = [Character]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: count, by: 3) {
      let part = Array(self[start..<Swift.min(start + 3, count)])
      var bits = 0
      for place in 0..<3 { bits = bits << 8 | (place < part.count ? Int(part[place]) : 0) }
      for digit in 0..<4 {
        text.append(digit <= part.count ? digits[bits >> (18 - 6 * digit) & 63] : "=")
      }
    }
    return text
  }
}
