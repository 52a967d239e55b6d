Thr.launch()
