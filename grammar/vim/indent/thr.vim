" Indents by brackets, and the lines that go on with the statement before them.
if exists("b:did_indent")
  finish
endif
let b:did_indent = 1

setlocal indentexpr=ThrIndent() indentkeys=0{,0},0),0],!^F,o,O,0<Bar>,e
let b:undo_indent = "setlocal indentexpr< indentkeys<"

if exists("*ThrIndent")
  finish
endif

" The line without its comment and without what its texts hold.
function s:Code(number)
  return substitute(substitute(getline(a:number), '"\%([^"\\]\|\\.\)*"', '""', 'g'), '#.*$', '', '')
endfunction

function s:Opened(code)
  return len(substitute(a:code, '[^([{]', '', 'g')) - len(substitute(a:code, '[^)\]}]', '', 'g'))
endfunction

function ThrIndent()
  let before = prevnonblank(v:lnum - 1)
  if before == 0
    return 0
  endif
  let code = s:Code(before)
  let closes = len(matchstr(code, '^\s*\zs[)\]}]\+'))
  let steps = s:Opened(code) + closes > 0 ? 1 : s:Opened(code) + closes < 0 ? -1 : 0
  let own = getline(v:lnum)
  if own =~# '^\s*[)\]}]'
    let steps -= 1
  endif
  let width = shiftwidth()
  let indent = indent(before) + steps * width
  let goesOn = '^\s*\%(|>\|\.\h\)'
  if own =~# goesOn && code !~# goesOn
    let indent += width
  elseif own !~# goesOn && code =~# goesOn
    let indent -= width
  endif
  return max([indent, 0])
endfunction
