-- singspin in Neovim (0.7 or newer), without plug-ins: put this into init.lua, or into a file that it loads.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = "*.sg",
  callback = function() vim.bo.filetype = "singsharp" end,
})

vim.api.nvim_create_autocmd("FileType", {
  pattern = "singsharp",
  callback = function(event)
    local root = vim.fs and vim.fs.find(".git", { upward = true, path = event.file })[1]
    root = root and vim.fn.fnamemodify(root, ":h") or vim.fn.getcwd()
    vim.bo[event.buf].commentstring = "// %s"
    local id = vim.lsp.start_client({
      name = "singspin",
      cmd = { "singspin", "lsp" },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = "work" } },
      init_options = { verify = true },
      on_attach = function(_, buffer)
        local keys = { buffer = buffer, silent = true }
        vim.keymap.set("n", "K", vim.lsp.buf.hover, keys)
        vim.keymap.set("n", "gd", vim.lsp.buf.definition, keys)
        vim.keymap.set("n", "gr", vim.lsp.buf.references, keys)
        vim.keymap.set("n", "<F2>", vim.lsp.buf.rename, keys)
        vim.keymap.set("n", "<leader>a", vim.lsp.buf.code_action, keys)
        vim.keymap.set("n", "]d", vim.diagnostic.goto_next, keys)
        vim.keymap.set("n", "[d", vim.diagnostic.goto_prev, keys)
      end,
    })
    if id then vim.lsp.buf_attach_client(event.buf, id) end
  end,
})
