import Testing
import ThrSyntax

/// The style, text by text.
@Suite struct FormatTests {
  @Test(arguments: [
    // Spaces.
    ("x=1", "x = 1\n"),
    ("f ( a,b ,c )", "f(a, b, c)\n"),
    ("profit = 40 * tp - 5*fp - 100 *fn", "profit = 40*tp - 5*fp - 100*fn\n"),
    ("2*x", "2 * x\n"),
    ("x = -2 ^ 2 % 3 + 5%*y", "x = -2^2 % 3 + 5%*y\n"),
    (
      "tune(s,recall,where=precision>=0.9 and flag_rate<=2%,step = 0.001)",
      "tune(s, recall, where = precision >= 0.9 and flag_rate <= 2%, step=0.001)\n"
    ),
    ("fn f(a,b = 1,c=a+b)=a", "fn f(a, b=1, c = a + b) = a\n"),
    ("{ fp :1,\"a b\":2 }", "{fp: 1, \"a b\": 2}\n"),
    ("s|>tune( f1 )|>show", "s |> tune(f1) |> show\n"),
    ("x = not(a)", "x = not (a)\n"),
    // Literals as written.
    ("x = [10_000,99%,1e-3 , \"a {x :.3f}\"]", "x = [10_000, 99%, 1e-3, \"a {x :.3f}\"]\n"),
    // Statements and blocks.
    ("a=1;b=2;\n;c=3", "a = 1; b = 2\nc = 3\n"),
    ("if a{1}else{2}", "if a { 1 } else { 2 }\n"),
    ("if a {\n1}else if b{ 2 }", "if a {\n  1\n} else if b {\n  2\n}\n"),
    ("for x in xs {\n\n\n  a\n\n\n\n  b\n\n}", "for x in xs {\n  a\n\n  b\n}\n"),
    ("fn f() { }\nfn g(){\n}", "fn f() { }\nfn g() { }\n"),
    // Empty lines and the ends of lines.
    ("\n\na\r\n\r\n\r\n\r\nb   \n\n", "a\n\nb\n"), ("", ""), ("  \n\n", ""),
    ("x=1\r\n\r\n\r\ny=2 # c\nz=3", "x = 1\r\n\r\ny = 2  # c\r\nz = 3\r\n"),
    ("x=1\ry=2", "x = 1\ny = 2\n"), ("\u{FEFF}x=1\ny=2", "\u{FEFF}x = 1\ny = 2\n"),
    ("\u{FEFF}x=1", "\u{FEFF}x = 1\n"),
    // What the author broke.
    ("x = s\n|> tune(f1)", "x = s\n  |> tune(f1)\n"),
    ("f(\na,b,)", "f(\n  a,\n  b,\n)\n"), ("f(\na,b)", "f(a, b)\n"),
    ("[1,\n2,]", "[\n  1,\n  2,\n]\n"),
    ("x\n  .train\n  .y", "x.train.y\n"),
    // Comments.
    ("a=1#one\nbb=2   # two  ", "a = 1   #one\nbb = 2  # two\n"),
    ("#a\n\n\n  #b\nx", "#a\n\n#b\nx\n"),
    ("f(a # first\n, b)", "f(\n  a,  # first\n  b,\n)\n"),
    ("f(a\n# last\n)", "f(\n  a,\n  # last\n)\n"), ("f( # none\n)", "f(  # none\n)\n"),
    ("x = 1 + # why\n2", "x = 1 +  # why\n  2\n"),
    ("if a { 1 } # no\nelse { 2 }", "if a {\n  1\n}  # no\nelse {\n  2\n}\n"),
    ("if a {\n  # nothing\n}", "if a {\n  # nothing\n}\n"),
    ("if a { # so\n1 }", "if a {  # so\n  1\n}\n"),
    ("s\n# how\n|> f", "s\n  # how\n  |> f\n"),
    ("x = {\n  a: 1,\n\n  # two\n  b: 2,\n}", "x = {\n  a: 1,\n\n  # two\n  b: 2,\n}\n"),
    ("a; b # both", "a; b  # both\n"),
    // What is broken stays.
    ("x=1\ny =  (2\nz=3", "x = 1\ny =  (2\nz = 3\n"),
    ("a=1\n\n\n  b = = 2  # c\nc=3", "a = 1\n\n  b = = 2  # c\nc = 3\n"),
  ])
  func writes(source: String, expected: String) {
    #expect(FormatPromise.check(source) == expected)
  }

  /// What is broken stays, and what stands around it does not.
  @Test(arguments: [
    // The innermost statement.
    ("fn f() {\n  a=1\n  b=)\n}\nc=1", "fn f() {\n  a = 1\n  b=)\n}\nc = 1\n"),
    (
      "for x in[1,2]{\nif x>1{\n\n\n      b= = 2  # why \na=1}}",
      "for x in [1, 2] {\n  if x > 1 {\n    b= = 2  # why \n    a = 1\n  }\n}\n"
    ),
    ("x = f(if a{\nb=  =\nc=1\n},2)", "x = f(\n  if a {\n    b=  =\n    c = 1\n  },\n  2,\n)\n"),
    // Its lines move together, but for comments that stand further out.
    (
      "if a {\n     x=f(1  2,\n       3\n\n# out\n     )\n     y=1\n}",
      "if a {\n  x=f(1  2,\n    3\n\n# out\n  )\n  y = 1\n}\n"
    ),
    ("if a {\n\tx=f(1  2,\n\t\t3)\n}", "if a {\n  x=f(1  2,\n    3)\n}\n"),
    ("if a {\r\n x= = 1\r\n y=1\r\n}", "if a {\r\n  x= = 1\r\n  y = 1\r\n}\r\n"),
    // A line further out than the first, or tabs among spaces: the block stays.
    ("if a {\n   x=f(1 1,\n  2)\n   y=1\n}\n", "if a {\n   x=f(1 1,\n  2)\n   y=1\n}\n"),
    ("if a {\n  x=f(1 2,\n\t\t3)\n y=1\n}\n", "if a {\n  x=f(1 2,\n\t\t3)\n y=1\n}\n"),
    // A line shared with a brace or with another statement.
    ("if a { x= = 1\n y=1\n}\nz=1", "if a { x= = 1\n y=1\n}\nz = 1\n"),
    ("if a {\n y=1\n x= = 1 }\n", "if a {\n y=1\n x= = 1 }\n"),
    ("if a {\n y=1; x= = 1\n z=1; a=2\n}", "if a {\n  y=1; x= = 1\n  z = 1; a = 2\n}\n"),
    ("a=1; if b {\n x= = 1\n}", "a = 1\nif b {\n  x= = 1\n}\n"),
    // Brackets that are not closed, and closers of nothing.
    ("for x in xs {\n y=(1\n z=2\n}\na=1", "for x in xs {\n  y=(1\n  z = 2\n}\na = 1\n"),
    ("for x in xs {\n y=1)\n z=2\n}", "for x in xs {\n  y=1)\n  z = 2\n}\n"),
    ("for x in xs {\n )\n z=2\n}", "for x in xs {\n  )\n  z = 2\n}\n"),
    ("for x in xs {\n  z=2\n  }\n  }\na=1", "for x in xs {\n  z = 2\n}\n  }\na = 1\n"),
    ("for x in xs {\n y=\"1\n z=2\n}", "for x in xs {\n  y=\"1\n  z = 2\n}\n"),
    ("a=1\nfor x in xs {\n z=2\n b=1", "a = 1\nfor x in xs {\n z=2\n b=1"),
    // A broken head keeps what stands before the block and after it.
    (
      "for x  of xs {  # why\na=1\n\n# b\n}\nc=1",
      "for x  of xs {  # why\n  a = 1\n\n  # b\n}\nc = 1\n"
    ),
    (
      "fn f(a  b) {\nif a {\nb=1} else  if f(1  2) {\n  c=1\n}else{d=1}\n}",
      "fn f(a  b) {\n  if a {\n  b=1} else  if f(1  2) {\n    c = 1\n  }else{d=1}\n}"
    ),
    (
      "for y in ys {\n    x = f(1  2,\n       if a {\n b=1\n       }, 3)\n}",
      "for y in ys {\n  x = f(1  2,\n     if a {\n       b = 1\n     }, 3)\n}\n"
    ),
    (
      "if a {\nb=1\n}\nelse if f(1  2) {\n c=1\n}\n",
      "if a {\n  b = 1\n}\nelse if f(1  2) {\n  c = 1\n}\n"
    ),
  ])
  func keepsWhatIsBroken(source: String, expected: String) {
    #expect(FormatPromise.check(source) == expected)
  }

  @Test func breaksWhatIsTooLong() {
    let source = """
      t = tune(model, data.val, recall, where = precision >= 0.9 and flag_rate <= 2%, step=0.001, ties="lowest")
      x = first_of_them + second_of_them*weight - third_of_them + fourth_of_them(with, arguments) - fifth_of_them
      s = scores([0.10, 0.35, 0.62, 0.50, 0.91, 0.10, 0.35, 0.62, 0.50, 0.91], [0, 0, 1, 0, 1, 0, 0, 1, 0, 1])
      print("this text is so long that it stands alone on its line, and there is no place to break it at all")
      data.val |> predict(m) |> calibrate(method="isotonic") |> tune(f1, step=0.001) |> describe_at_length()
      costs = [{name: "low", fp: 1, fn: 5}, {name: "middle", fp: 1, fn: 10}, {name: "high", fp: 1, fn: 50}]
      tunings = [tune(s, cost(fp=1, fn=w), where = precision >= 0.5) for w in [1, 5, 10, 50, 100] if w > minimum]
      a_rather_long_name = 1; another_rather_long_name = 2; and_a_third_rather_long_name = 3; and_a_fourth = 4
      many = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]
      if precision_of_the_model >= the_least_precision and recall_of_the_model >= the_least_recall_of_all { 1 }

      """
    #expect(
      FormatPromise.check(source) == """
        t = tune(
          model,
          data.val,
          recall,
          where = precision >= 0.9 and flag_rate <= 2%,
          step=0.001,
          ties="lowest",
        )
        x = first_of_them +
          second_of_them*weight -
          third_of_them +
          fourth_of_them(with, arguments) -
          fifth_of_them
        s = scores(
          [0.10, 0.35, 0.62, 0.50, 0.91, 0.10, 0.35, 0.62, 0.50, 0.91],
          [0, 0, 1, 0, 1, 0, 0, 1, 0, 1],
        )
        print("this text is so long that it stands alone on its line, and there is no place to break it at all")
        data.val
          |> predict(m)
          |> calibrate(method="isotonic")
          |> tune(f1, step=0.001)
          |> describe_at_length()
        costs = [
          {name: "low", fp: 1, fn: 5},
          {name: "middle", fp: 1, fn: 10},
          {name: "high", fp: 1, fn: 50},
        ]
        tunings = [
          tune(s, cost(fp=1, fn=w), where = precision >= 0.5)
          for w in [1, 5, 10, 50, 100]
          if w > minimum
        ]
        a_rather_long_name = 1
        another_rather_long_name = 2
        and_a_third_rather_long_name = 3
        and_a_fourth = 4
        many = [
          1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
        ]
        if precision_of_the_model >= the_least_precision and
            recall_of_the_model >= the_least_recall_of_all {
          1
        }

        """)
  }

  @Test func keepsWhatIsNoProgram() {
    let text = String(repeating: "#c \r) = \r\n  x=1\0 \r", count: 600)
    #expect(formatted(parse(text)) == text)
    #expect(formatEdits(parse(text), in: Span(20, 40)) == [])
  }

  @Test func keepsBytesThatAreNoText() {
    let bytes: [UInt8] = [
      0x78, 0x3D, 0x31, 0x20, 0x23, 0xFF, 0x0A, 0x79, 0x20, 0x3D, 0x20, 0xFE, 0x0A,
    ]
    #expect(FormattedProgram(parse(bytes)).bytes.filter { $0 >= 0x80 } == [0xFF, 0xFE])
  }
}
