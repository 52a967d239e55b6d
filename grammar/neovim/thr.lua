-- thr in Neovim: two lines in init.lua are
--   vim.opt.runtimepath:append("/path/to/thr/grammar/vim")
--   dofile("/path/to/thr/grammar/neovim/thr.lua")
-- The first colours and indents, the second starts the language server, `thr lsp`.

local function start(event)
  local root = vim.fn.getcwd()
  if vim.lsp.start then
    vim.lsp.start({ name = "thr", cmd = { "thr", "lsp" }, root_dir = root })
  else
    -- Before Neovim 0.8.
    local client = vim.g.thr_client
    if not client or not vim.lsp.get_client_by_id(client) then
      client = vim.lsp.start_client({ name = "thr", cmd = { "thr", "lsp" }, root_dir = root })
      vim.g.thr_client = client
    end
    vim.lsp.buf_attach_client(event.buf, client)
  end
end

vim.api.nvim_create_autocmd("FileType", { pattern = "thr", callback = start })
