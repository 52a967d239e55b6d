" Vim with ALE, without a screen. Writes a line for each check to `report`.
set runtimepath^=$THR_GRAMMAR/vim,/usr/share/vim-ale
set nomore hidden noswapfile
let g:ale_lint_delay = 0
let g:ale_completion_enabled = 0
let g:ale_set_highlights = 0
let g:ale_hover_to_preview = 1
let g:ale_rename_tsserver_find_in_comments = 0
filetype plugin indent on
syntax on
runtime plugin/ale.vim

function Report(line)
  call writefile([a:line], 'report', 'a')
endfunction

function Check(name, holds, found)
  call Report((a:holds ? 'ok ' : 'not ok ') . a:name . (a:holds ? '' : ': ' . string(a:found)))
endfunction

function Wait(condition)
  let end = reltimefloat(reltime()) + 20
  while !eval(a:condition) && reltimefloat(reltime()) < end
    sleep 20m
  endwhile
  return eval(a:condition)
endfunction

function Reported(pattern)
  return !empty(filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.text =~# a:pattern'))
endfunction

function Text()
  return join(getbufline(g:buffer, 1, '$'), "\n")
endfunction

function Drive()
  edit sample.thr
  let g:buffer = bufnr('')
  call Check('file type', &filetype ==# 'thr', &filetype)
  call Check('colours', synIDattr(synID(3, 5, 1), 'name') ==# 'thrFunction', synID(3, 5, 1))
  ALELint
  call Wait('Reported("did you mean `value`")')
  call Check('diagnostics', Reported('did you mean `value`'), ale#engine#GetLoclist(g:buffer))
  call Wait('Reported("F1 0.8")')
  call Check('root', ThrRoot(g:buffer) ==# getcwd(), ThrRoot(g:buffer))
  call mkdir('.git') | call mkdir('inner')
  edit inner/other.thr
  call Check('root of a repository', ThrRoot(bufnr('')) ==# getcwd(), ThrRoot(bufnr('')))
  buffer 1
  call Check('live value', Reported('F1 0.8'), ale#engine#GetLoclist(g:buffer))

  call cursor(3, 6)
  ALEHover
  call Wait('bufnr("ALEPreviewWindow") > 0 || bufnr("ALEPreviewWindow") != -1')
  let hover = join(getbufline(bufnr('ALEPreviewWindow'), 1, '$'), ' ')
  call Check('hover', hover =~# 'Chooses the threshold', hover)
  pclose!

  call cursor(4, 6)
  setlocal omnifunc=ale#completion#OmniFunc completeopt=menu
  execute "normal A\<C-X>\<C-O>"
  call Check('completion', getline(4) ==# 't.value', getline(4))
  call setline(4, 't.valu')

  call cursor(4, 3)
  call ale#codefix#Execute(0, function('Choose'))
  call Wait('getline(4) !=# "t.valu"')
  call Check('code action', getline(4) ==# 't.value', g:offered)
  ALELint
  call Wait('!Reported("did you mean")')

  " ALE asks for the new name; what follows in the keys is the answer.
  call cursor(3, 1)
  execute "normal :ALERename\<CR>\<C-U>best\<CR>"
  call Wait('getline(3) =~# "^best"')
  call Check('rename', Text() =~# "best = tune(s, f1)\nbest.value\nprint(  best.value)", Text())

  " ALE has no signatures and asks no server to format: it has the file fixed by the command.
  ALEFix
  call Wait('getline(5) ==# "print(best.value)"')
  call Check('format', getline(5) ==# 'print(best.value)', Text())

  " A value that is known is offered as an edit.
  ALELint
  call Wait('!empty(filter(copy(ale#engine#GetLoclist(g:buffer)), "v:val.lnum == 4"))')
  call cursor(4, 1)
  let g:offered = []
  let g:wanted = 'Insert the result'
  call ale#codefix#Execute(0, function('Choose'))
  call Wait('getline(5) =~# "# => .*0.8"')
  call Check('command', getline(5) =~# '# => .*0.8', [g:offered, Text()])
endfunction

" Takes the wanted one of the actions that ALE would list in a menu.
function Choose(data, items)
  for item in a:items
    call add(g:offered, item[1].title)
    if item[1].title =~# g:wanted
      call ale#codefix#ApplyLSPCodeAction(a:data, item[1])
      break
    endif
  endfor
endfunction

let g:offered = []
let g:wanted = 'replace with `value`'
try
  call Drive()
catch
  call Check('run', 0, v:exception . ' at ' . v:throwpoint)
endtry
call Report('done')
qall!
