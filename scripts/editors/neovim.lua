-- Neovim, headless. Writes a line for each check to `report`.
local report = io.open("report", "w")
local function check(name, holds, found)
  report:write((holds and "ok " or "not ok ") .. name .. (holds and "" or ": " .. vim.inspect(found)) .. "\n")
  report:flush()
end

local function main()
  -- A newer Neovim hides hints unless it is asked to show them.
  local shown
  vim.lsp.inlay_hint = vim.lsp.inlay_hint
    or { enable = function(on, where) shown = on and where.bufnr end }
  dofile(vim.env.THR_GRAMMAR .. "/neovim/thr.lua")
  vim.cmd("edit sample.thr")
  local buffer = vim.api.nvim_get_current_buf()
  check("file type", vim.bo.filetype == "thr", vim.bo.filetype)

  -- The server's answer to a question about the place of a text's first occurrence.
  local function at(text, offset)
    for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      local column = line:find(text, 1, true)
      if column then
        vim.api.nvim_win_set_cursor(0, { number, column - 1 + (offset or 0) })
        return vim.lsp.util.make_position_params(0, "utf-16")
      end
    end
    error("no `" .. text .. "`")
  end
  local function ask(method, params)
    local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, 20000)
    for _, answer in pairs(answers or {}) do
      if answer.error then error(method .. ": " .. vim.inspect(answer.error)) end
      return answer.result
    end
    error(method .. ": " .. tostring(problem))
  end
  local function lines() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") end
  local function reported(pattern)
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
      if diagnostic.message:find(pattern) then return diagnostic end
    end
  end
  local function wait(holds) return vim.wait(20000, holds, 20) end

  wait(function() return reported("valu") end)
  check("hints are shown", shown == buffer or vim.fn.has("nvim-0.10") == 1, shown)
  check("diagnostics", reported("did you mean `value`"), vim.diagnostic.get(buffer))
  -- Beside the text: as hints, or before Neovim 0.10 as a text of the set-up's own.
  local function beside()
    local space = vim.api.nvim_create_namespace("thr-values")
    return vim.inspect(vim.api.nvim_buf_get_extmarks(buffer, space, 0, -1, { details = true }))
  end
  if vim.fn.has("nvim-0.10") == 0 then
    wait(function() return beside():find("F1 0.8") end)
    check("live value", beside():find("0.4.*F1 0.8"), beside())
    check("values are no problems", not reported("F1 0.8"), vim.diagnostic.get(buffer))
    check("omnifunc", vim.bo[buffer].omnifunc ~= "", vim.bo[buffer].omnifunc)
  else
    wait(function() return reported("F1 0.8") end)
    check("live value", reported("0.4.*F1 0.8"), vim.diagnostic.get(buffer))
  end

  check("hover", vim.inspect(ask("textDocument/hover", at("tune"))):find("Chooses the threshold"))
  local completion = ask("textDocument/completion", at("t.valu", 6))
  check("completion", vim.inspect(completion):find('label = "value"'), completion)
  local help = ask("textDocument/signatureHelp", at("tune(s", 5))
  check("signature", help.signatures[1].label:find("^tune%("), help)
  check("definition", vim.inspect(ask("textDocument/definition", at("t.valu"))):find("line = 2"))

  local action = at("valu\n" and "t.valu", 2)
  action.range = { start = action.position, ["end"] = action.position }
  local lsp = reported("did you mean").user_data.lsp
  action.context = { diagnostics = { {
    range = { start = { line = 3, character = 2 }, ["end"] = { line = 3, character = 6 } },
    message = reported("did you mean").message, code = lsp and lsp.code, severity = 1, source = "thr",
  } } }
  local fix
  for _, offered in ipairs(ask("textDocument/codeAction", action)) do
    if offered.title:find("value") and not fix then fix = offered end
  end
  if fix and not fix.edit then fix = ask("codeAction/resolve", fix) end
  vim.lsp.util.apply_workspace_edit(fix.edit, "utf-16")
  check("code action", lines():find("t.value\nprint", 1, true), lines())
  wait(function() return not reported("valu") end)

  local rename = at("t = ")
  rename.newName = "best"
  vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", rename), "utf-16")
  check("rename", lines():find("best = tune(s, f1)\nbest.value\nprint(  best.value)", 1, true), lines())

  local edits = ask("textDocument/formatting", vim.lsp.util.make_formatting_params({}))
  vim.lsp.util.apply_text_edits(edits, buffer, "utf-16")
  check("format", lines():find("print(best.value)", 1, true), lines())

  local lens
  for _, offered in ipairs(ask("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })) do
    if not offered.command then offered = ask("codeLens/resolve", offered) end
    if offered.command.command == "thr.insertResult" then lens = offered end
  end
  ask("workspace/executeCommand", { command = lens.command.command, arguments = lens.command.arguments })
  wait(function() return lines():find("# .*0.8") end)
  check("command", lines():find("# .*0.8"), lines())

  local client = vim.lsp.get_active_clients()[1]
  client.stop()
  check("shutdown", wait(function() return client.is_stopped() end))

  -- A file opened from elsewhere belongs to the project around it, or to its own folder.
  local function root(path, text)
    vim.fn.mkdir(vim.fn.fnamemodify(path, ":h"), "p")
    vim.fn.writefile(text, path)
    vim.cmd("edit " .. path)
    wait(function() return next(vim.lsp.buf_get_clients(0)) end)
    local _, opened = next(vim.lsp.buf_get_clients(0))
    return opened and vim.fn.fnamemodify(opened.config.root_dir, ":.")
  end
  vim.fn.mkdir("project/.git", "p")
  check("root by marker", root("project/src/a.thr", { "x = 1" }) == "project")
  vim.fn.mkdir("alone", "p")
  vim.fn.writefile({ "score,label", "0.5,1" }, "alone/data.csv")
  check("root of its own", root("alone/b.thr", { 'len(read("data.csv"))' }) == "alone")
  buffer = vim.api.nvim_get_current_buf()
  local function one() return reported("^1$") or beside():find('"1"') end
  wait(one)
  check("file beside it", one(), beside())
end

local holds, problem = xpcall(main, debug.traceback)
if not holds then check("run", false, problem) end
report:write("done\n")
report:close()
vim.cmd("qall!")
