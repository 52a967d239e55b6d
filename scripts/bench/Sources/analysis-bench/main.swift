AnalysisBench.run()
