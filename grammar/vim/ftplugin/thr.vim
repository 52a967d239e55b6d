" How thr is edited in Vim and Neovim.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal formatoptions-=t formatoptions+=croql
" `gf` and `[i` follow `use "other.thr"`.
setlocal suffixesadd=.thr include=^\\s*use\\s\\+"
setlocal define=^\\s*\\(fn\\s\\+\\ze\\w\\|\\ze\\w\\+\\s*=\\)
" `:ALEFix` writes the one style of the language.
if !has_key(get(g:, "ale_fixers", {}), "thr")
  let b:ale_fixers = [{buffer -> {"command": "thr format -"}}]
endif

let b:undo_ftplugin = "setlocal comments< commentstring< expandtab< shiftwidth< softtabstop<"
      \ . " formatoptions< suffixesadd< include< define< | unlet! b:ale_fixers"
