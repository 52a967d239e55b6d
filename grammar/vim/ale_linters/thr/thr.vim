" thr's language server for ALE.
call ale#Set('thr_executable', 'thr')

call ale#linter#Define('thr', {
\   'name': 'thr',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'thr_executable')},
\   'command': '%e lsp',
\   'language': 'thr',
\   'project_root': {buffer -> expand('#' . buffer . ':p:h')},
\})
