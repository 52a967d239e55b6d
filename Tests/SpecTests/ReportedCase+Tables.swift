extension ReportedCase {
  private static let four = "score,label\n0.9,1\n0.2,0\n0.6,1\n0.4,0\n"
  private static let tuned = "t = tune(scores(read(\"a.csv\")), f1)\n[t.threshold, t.rows]"
  private static let right = ["[0.6, 4]"]

  /// Files of other programs.
  static let tables: [ReportedCase] = {
    var cases: [ReportedCase] = []
    cases.append(
      ReportedCase(
        "id-with-E-overflow", "FlatFilers/csvjson-app#84",
        files: ["a.csv": "id,score,label\n12E4567,0.9,1\n34E0001,0.1,0\n56E7890,0.8,1\n"], tuned,
        shows: ["[0.8, 3]"]))
    cases.append(
      ReportedCase(
        "header-0-1-index", "pandas-dev/pandas#14704",
        files: ["a.csv": ",0,1\n0,0.1,0.9\n1,0.8,0.2\n2,0.3,0.7\n"], "read(\"a.csv\").rows",
        shows: ["3"]))
    cases.append(
      ReportedCase(
        "header-proba-and-label", "pandas-dev/pandas#14704",
        files: ["a.csv": "0,1,y\n0.1,0.9,1\n0.8,0.2,0\n"],
        "tune(scores(read(\"a.csv\"), score=\"1\", label=\"y\"), f1).rows", shows: ["2"]))
    cases.append(
      ReportedCase(
        "title-line", "duckdb/duckdb#15576",
        files: [
          "a.csv": "Export of 2025-01-06\nid;score;label\n1;0.9;1\n2;0.2;0\n3;0.6;1\n4;0.4;0\n"
        ], tuned, shows: right))
    cases.append(
      ReportedCase(
        "metadata-block", "pandas-dev/pandas#21577",
        files: ["a.csv": "station: X1\nheight: 12 m\n\n" + four], tuned, shows: right))
    cases.append(
      ReportedCase(
        "trailing-comma-rows", "pandas-dev/pandas#14124",
        files: ["a.csv": "score,label\n0.9,1,\n0.2,0,\n0.6,1,\n0.4,0,\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "pipe", "duckdb/duckdb#14115",
        files: ["a.csv": "score|label\n0.9|1\n0.2|0\n0.6|1\n0.4|0\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "decimal-comma-semicolon", "pola-rs/polars#6698",
        files: ["a.csv": "score;label\n0,9;1\n0,2;0\n0,6;1\n0,4;0\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "thousands-comma", "duckdb/duckdb#17093",
        files: [
          "a.csv":
            "score,label\n\"1,234.5\",1\n\"200.1\",0\n\"1,600.0\",1\n\"1,000.2\",0\n"
        ], tuned, shows: ["[1234.5, 4]"]))
    cases.append(
      ReportedCase(
        "percent-cells", "tidyverse/readr#211",
        files: ["a.csv": "score,label\n90%,1\n20%,0\n60%,1\n4.5%,0\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "sep-line", "mholt/PapaParse#951",
        files: ["a.csv": "sep=;\nscore;label\n0.9;1\n0.2;0\n0.6;1\n0.4;0\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "json-as-table", "an export given to read",
        files: ["a.json": "[{\"score\":0.9,\"label\":1},{\"score\":0.1,\"label\":0}]\n"],
        "t = read(\"a.json\")\nt.rows\nt.columns", shows: ["2", "[\"score\", \"label\"]"]))
    cases.append(
      ReportedCase(
        "short-rows", "quentinsf/icsv2ledger#84",
        files: ["a.csv": "score,label,note\n0.9,1\n0.2,0,x\n0.6,1\n0.4,0\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "positive-suggestion", "pandas-dev/pandas#12435",
        files: ["a.csv": "score,label\n0.9,TRUE\n0.1,0\n0.2,1\n0.3,FALSE\n"], tuned,
        never: ["positive=\"FALSE\""], fails: true))
    cases.append(
      ReportedCase(
        "column-typo", "pandas-dev/pandas#18221", files: ["a.csv": four],
        "filter(read(\"a.csv\"), scor > 0.5)", says: ["did you mean `score`"], fails: true))
    cases.append(
      ReportedCase(
        "big-integer-ids", "pandas-dev/pandas#5697",
        files: [
          "a.csv": "id,score,label\n1234567890123456789,0.9,1\n1234567890123456788,0.1,0\n"
        ], "len(unique(column(read(\"a.csv\"), \"id\")))", shows: ["2"]))
    cases.append(
      ReportedCase(
        "none-token", "JGCRI/gcamdata#300",
        files: ["a.csv": "score,label\nNone,1\n0.2,0\n0.4,0\n0.7,1\n"], tuned, shows: ["[0.7, 3]"]))
    cases.append(
      ReportedCase(
        "quoted-NA-label", "vincentarelbundock/countrycode#261",
        files: ["a.csv": "score,label\n0.9,\"NA\"\n0.2,\"US\"\n0.6,\"NA\"\n0.4,\"US\"\n"],
        "tune(scores(read(\"a.csv\"), positive=\"NA\"), f1).threshold", shows: ["0.6"]))
    cases.append(
      ReportedCase(
        "unquoted-NA-label", "vincentarelbundock/countrycode#261",
        files: ["a.csv": "score,label\n0.9,NA\n0.2,US\n0.6,NA\n0.4,US\n"],
        "tune(scores(read(\"a.csv\"), positive=\"NA\"), f1)", says: ["quotes"], fails: true))
    cases.append(
      ReportedCase(
        "exact-sum-score", "scikit-learn/scikit-learn#19093",
        files: ["a.csv": "score,label\n0.30000000000000004,1\n0.3,0\n0.1,0\n"],
        "t = tune(scores(read(\"a.csv\")), f1)\nt.threshold\nt.rule",
        shows: ["0.30000000000000004", "\"score >= 0.30000000000000004\""]))
    cases.append(
      ReportedCase(
        "labels-float", "asreview/asreview#1636",
        files: ["a.csv": "score,y\n0.9,1.00\n0.1,0.00\n0.4,1e0\n"],
        "tune(scores(read(\"a.csv\"), label=\"y\"), f1).threshold", shows: ["0.4"]))
    cases.append(
      ReportedCase(
        "labels-case", "JuliaData/CSV.jl#596",
        files: ["a.csv": "score,label\n0.9,TRUE\n0.2,false\n0.6,True\n0.4,FALSE\n"], tuned,
        shows: right))
    cases.append(
      ReportedCase(
        "ws-fields", "pola-rs/polars#22111",
        files: ["a.csv": "id, score , label\n1, 0.9 ,1 \n2, 0.2 , 0\n3, 0.6 ,1\n4, 0.4 , 0\n"],
        tuned, shows: right))
    cases.append(
      ReportedCase(
        "trailing-named-column", "deephaven/deephaven-core#1800",
        files: ["a.csv": "score,label,\n0.9,1,\n0.2,0,\n0.6,1,\n0.4,0,\n"], tuned, shows: right))
    cases.append(
      ReportedCase(
        "duplicate-names", "pandas-dev/pandas#7160",
        files: ["a.csv": "score,label,score\n0.9,1,0.1\n0.2,0,0.5\n0.6,1,0.2\n0.4,0,0.3\n"], tuned,
        shows: right, says: ["score_2"]))
    cases.append(
      ReportedCase(
        "junk-footer", "Rdatatable/data.table#2621", files: ["a.csv": four + "# JUNK\n"], tuned,
        shows: right, says: ["line 6"]))
    cases.append(
      ReportedCase(
        "inf-tokens", "pandas-dev/pandas#10065",
        files: ["a.csv": "score,label\ninf,1\n-inf,0\nInfinity,1\n-Infinity,0\n+inf,1\n0.5,0\n"],
        "t = tune(scores(read(\"a.csv\")), f1)\n[t.value, t.rows]", shows: ["[1, 6]"]))
    cases.append(
      ReportedCase(
        "bom", "C2FO/fast-csv#131", files: ["a.csv": "\u{FEFF}" + four], tuned, shows: right))
    cases.append(
      ReportedCase(
        "bom-quoted", "FasterXML/jackson-dataformat-csv#47",
        files: ["a.csv": "\u{FEFF}\"score\",\"label\"\n0.9,1\n0.2,0\n0.6,1\n0.4,0\n"], tuned,
        shows: right))
    cases.append(
      ReportedCase(
        "utf16", "a file of Windows",
        bytes: ["a.csv": [0xFF, 0xFE] + four.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }],
        tuned, says: ["UTF-16", "iconv"], fails: true))
    cases.append(
      ReportedCase(
        "gzip", "wireservice/csvkit#90",
        bytes: ["a.csv.gz": [0x1F, 0x8B, 8, 0] + Array(repeating: 0, count: 40)],
        "read(\"a.csv.gz\")", says: ["gzip", "gunzip"], fails: true))
    cases.append(
      ReportedCase(
        "crlf", "a file of Windows",
        files: ["a.csv": four.split(separator: "\n").joined(separator: "\r\n") + "\r\n"], tuned,
        shows: right))
    cases.append(
      ReportedCase(
        "cr-only", "a file of an old Mac",
        files: ["a.csv": four.split(separator: "\n").joined(separator: "\r") + "\r"], tuned,
        shows: right))
    cases.append(
      ReportedCase(
        "newline-in-header", "duckdb/duckdb#16760",
        files: [
          "a.csv": "score,\"label\n(0/1)\",note\n0.9,1,\"a\nb\"\n0.2,0,\"x \"\"y\"\" z\"\n"
        ], "read(\"a.csv\").columns == [\"score\", \"label\\n(0/1)\", \"note\"]", shows: ["true"]))
    cases.append(
      ReportedCase(
        "backslash-quotes", "yaslab/CSV.swift#123",
        files: ["a.csv": "score,label,note\n0.9,1,\"a \\\"q\\\" b\"\n0.2,0,ok\n0.3,1,z\n"],
        "tune(scores(read(\"a.csv\")), f1).rows", shows: ["2"], says: ["line 2"]))
    cases.append(
      ReportedCase(
        "unterminated-quote", "adaltas/node-csv-parse#21",
        files: ["a.csv": "id,score,label\n\"a,0.9,1\nb,0.1,0\n"], "read(\"a.csv\")",
        says: ["never closed", "line 2"], fails: true))
    cases.append(
      ReportedCase(
        "apostrophes", "a list of names",
        files: ["a.csv": "name,score,label\nO'Brien,0.9,1\n'90s kid,0.2,0\nthe '80s,0.3,1\n"],
        "column(read(\"a.csv\"), \"name\")", shows: ["[\"O'Brien\", \"'90s kid\", \"the '80s\"]"]))
    cases.append(
      ReportedCase(
        "semicolon-point", "tidyverse/readr#521",
        files: ["a.csv": "c;score;label\nA;6739.5362;1\nB;15300.69996;0\nC;140.98877;0\n"],
        "max(column(read(\"a.csv\"), \"score\"))", shows: ["15300.69996"]))
    cases.append(
      ReportedCase(
        "tab-with-commas", "names with commas",
        files: ["a.tsv": "name\tscore\tlabel\nDoe, J\t0.9\t1\nRoe, A\t0.1\t0\n"],
        "read(\"a.tsv\").columns", shows: ["[\"name\", \"score\", \"label\"]"]))
    cases.append(
      ReportedCase(
        "dialect-change", "duckdb/duckdb#25827", files: ["a.csv": "c0\nv0\na;b\n"],
        "column(read(\"a.csv\"), \"c0\")", shows: ["[\"v0\", \"a;b\"]"]))
    cases.append(
      ReportedCase(
        "invalid-numbers", "Rdatatable/data.table#2625",
        files: ["a.csv": "a,b,c,d,e\n.,+.,.e,.e+,0e\n"],
        "unique([x.kind for x in summary(read(\"a.csv\"))])", shows: ["[\"text\"]"]))
    cases.append(
      ReportedCase(
        "late-text", "dathere/qsv#1047",
        files: [
          "a.csv": "score,label\n" + String(repeating: "0.5,1\n0.1,0\n", count: 20_000) + "err,1\n"
        ], tuned, says: ["line 40002"], fails: true))
    cases.append(
      ReportedCase(
        "long-field", "a note of three megabytes",
        files: [
          "a.csv": "note,score,label\n\"" + String(repeating: "x", count: 3_000_000)
            + "\",0.9,1\ny,0.1,0\n"
        ], "read(\"a.csv\").rows", shows: ["2"]))
    cases.append(
      ReportedCase(
        "xlsx", "a workbook",
        bytes: ["a.xlsx": [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 200)],
        "read(\"a.xlsx\")", says: ["Excel"], fails: true))
    cases.append(
      ReportedCase(
        "number-reads-percent", "tidyverse/readr#449",
        files: ["a.csv": "score,label\n90%,1\n20%,0\n60%,1\n"],
        """
        d = read("a.csv")
        tune(scores([number(x) for x in column(d, "score")], column(d, "label")), f1).threshold
        """, shows: ["0.6"]))
    cases.append(
      ReportedCase(
        "write-read-exact", "pandas-dev/pandas#2697",
        """
        write(scores([0.1 + 0.2, 1e-300, 0.3], [1, 0, 0]), "o.csv")
        scores(read("o.csv")).score == [0.1 + 0.2, 1e-300, 0.3]
        """, shows: ["true"]))
    cases.append(
      ReportedCase(
        "column-named-as-metric", "kieferk/dfply#65",
        files: ["a.csv": "recall,fn,sum\n0.9,1,3\n0.2,2,4\n"],
        "filter(read(\"a.csv\"), recall > 0.5 and fn < 2 and sum == 3).rows", shows: ["1"]))
    return cases
  }()
}
