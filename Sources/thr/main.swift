print("thr")
