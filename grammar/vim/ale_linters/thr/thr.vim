" thr's language server for ALE.
call ale#Set('thr_executable', 'thr')

" The nearest folder with a `.git` or `.hg`, as in Neovim; else the file's own.
function! ThrRoot(buffer) abort
  let l:own = expand('#' . a:buffer . ':p:h')
  let l:folder = l:own
  while 1
    for l:marker in ['/.git', '/.hg']
      " In a work tree of its own, `.git` is a file.
      if !empty(getftype(l:folder . l:marker))
        return l:folder
      endif
    endfor
    let l:parent = fnamemodify(l:folder, ':h')
    if l:parent ==# l:folder
      return l:own
    endif
    let l:folder = l:parent
  endwhile
endfunction

call ale#linter#Define('thr', {
\   'name': 'thr',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'thr_executable')},
\   'command': '%e lsp',
\   'language': 'thr',
\   'project_root': function('ThrRoot'),
\})
