;;; thr-mode.el --- Editing thr, with its language server  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1"))
;; Two lines in the init file:
;;   (add-to-list 'load-path "/path/to/thr/grammar/emacs")
;;   (require 'thr-mode)
;; The server then starts with M-x eglot; with (add-hook 'thr-mode-hook #'eglot-ensure), by itself.

;;; Code:

(require 'thr-words)

(defgroup thr nil
  "Choosing classifier thresholds."
  :group 'languages)

(defcustom thr-indent-offset 2
  "How many columns a bracket indents."
  :type 'integer
  :safe #'integerp)

(defvar thr-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (sign '(?+ ?- ?* ?/ ?% ?^ ?= ?< ?> ?! ?|))
      (modify-syntax-entry sign "." table))
    table))

(defconst thr--word "[[:alpha:]_][[:alnum:]_]*")

(defun thr--any (words)
  "A regular expression of WORDS that does not match after a dot."
  (concat "\\(?:^\\|[^._[:alnum:]]\\)" (regexp-opt words 'symbols)))

(defvar thr-font-lock-keywords
  `((,(concat "\\_<\\(fn\\)[ \t]+\\(" thr--word "\\)[ \t]*(")
     (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    (,(concat "\\.[ \t]*\\(" thr--word "\\)") 1 'default t)
    (,(concat "\\(" thr--word "\\)[ \t]*=\\(?:[^=]\\|$\\)") 1 font-lock-variable-name-face)
    (,(concat "\\(" thr--word "\\)[ \t]*:") 1 font-lock-variable-name-face)
    (,(thr--any (remove "fn" thr-keywords)) 1 font-lock-keyword-face)
    (,(thr--any thr-operator-words) 1 font-lock-keyword-face)
    (,(thr--any thr-constants) 1 font-lock-constant-face)
    (,(thr--any thr-functions) 1 font-lock-builtin-face)
    (,(thr--any thr-metrics) 1 font-lock-constant-face)
    (,(concat "\\_<\\(" thr--word "\\)(") 1 font-lock-function-name-face)
    ("{\\([^{}\n]+\\)}" (0 (thr--fontify-interpolation) t))))

(defun thr--fontify-interpolation ()
  "The face of braces in a text; nothing elsewhere."
  (and (nth 3 (save-excursion (syntax-ppss (match-beginning 0)))) 'font-lock-preprocessor-face))

(defun thr--goes-on-p ()
  "Whether the line at point goes on with the statement before it."
  (looking-at-p "[ \t]*\\(?:|>\\|\\.[[:alpha:]_]\\)"))

(defun thr-indent-line ()
  "Indent by brackets, and lines that go on with a statement once more."
  (interactive)
  (let* ((state (save-excursion (syntax-ppss (line-beginning-position))))
         (open (nth 1 state))
         (column
          (save-excursion
            (beginning-of-line)
            (+ (if open (save-excursion (goto-char open) (current-indentation)) 0)
               (if (and open (not (looking-at-p "[ \t]*[])}]"))) thr-indent-offset 0)
               (if (thr--goes-on-p) thr-indent-offset 0)))))
    (unless (nth 3 state)
      (if (<= (current-column) (current-indentation))
          (indent-line-to column)
        (save-excursion (indent-line-to column))))))

;;;###autoload
(define-derived-mode thr-mode prog-mode "thr"
  "Major mode for thr, a language for choosing classifier thresholds."
  (setq-local comment-start "# "
              comment-start-skip "#+[ \t]*"
              font-lock-defaults '(thr-font-lock-keywords)
              indent-line-function #'thr-indent-line
              indent-tabs-mode nil
              electric-indent-chars (append "{}()[]>" electric-indent-chars)
              imenu-generic-expression
              `(("Function" ,(concat "^[ \t]*fn[ \t]+\\(" thr--word "\\)") 1)
                ("Value" ,(concat "^\\(" thr--word "\\)[ \t]*=[^=]") 1))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.thr\\'" . thr-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(thr-mode . ("thr" "lsp"))))

(provide 'thr-mode)
;;; thr-mode.el ends here
