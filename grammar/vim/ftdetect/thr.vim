autocmd BufNewFile,BufRead *.thr setfiletype thr
