-- thr in Neovim: two lines in init.lua are
--   vim.opt.runtimepath:append("/path/to/thr/grammar/vim")
--   dofile("/path/to/thr/grammar/neovim/thr.lua")
-- The first colours and indents, the second starts the language server, `thr lsp`.

-- From Neovim 0.10 on hints are known, but hidden unless asked for; before, values are diagnostics.
local function show_values(_, buffer)
  if vim.lsp.inlay_hint then vim.lsp.inlay_hint.enable(true, { bufnr = buffer }) end
end

local function start(event)
  local config = {
    name = "thr", cmd = { "thr", "lsp" }, root_dir = vim.fn.getcwd(), on_attach = show_values,
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    -- Before Neovim 0.8.
    local client = vim.g.thr_client
    if not client or not vim.lsp.get_client_by_id(client) then
      client = vim.lsp.start_client(config)
      vim.g.thr_client = client
    end
    vim.lsp.buf_attach_client(event.buf, client)
  end
end

vim.api.nvim_create_autocmd("FileType", { pattern = "thr", callback = start })
