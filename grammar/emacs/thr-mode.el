;;; thr-mode.el --- Editing thr, with its language server  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1"))
;; Two lines in the init file:
;;   (add-to-list 'load-path "/path/to/thr/grammar/emacs")
;;   (require 'thr-mode)
;; The server then starts with M-x eglot; with (add-hook 'thr-mode-hook #'eglot-ensure), by itself.

;;; Code:

(require 'cl-lib)
(require 'seq)
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

;; Values beside their statements. Before version 1.13 eglot knows no hints, and the server reports
;; values as diagnostics; as such they would be underlined, counted and stepped through as problems.

(defface thr-value '((t :inherit shadow))
  "Face of the values that the language server shows beside statements.")

(defun thr--value-p (diagnostic)
  "Whether DIAGNOSTIC, as the server sent it, is the value of a statement."
  (equal (plist-get diagnostic :source) "thr value"))

(defun thr--show-values (diagnostics)
  "Show the values among DIAGNOSTICS at the ends of their lines, in place of those shown before."
  (remove-overlays (point-min) (point-max) 'thr-value t)
  (dolist (diagnostic (seq-filter #'thr--value-p diagnostics))
    (save-excursion
      (goto-char (point-min))
      (forward-line (plist-get (plist-get (plist-get diagnostic :range) :end) :line))
      (let ((overlay (make-overlay (line-end-position) (line-end-position) nil t)))
        (overlay-put overlay 'thr-value t)
        ;; The cursor at the end of the line stands before the value.
        (overlay-put overlay 'after-string
                     (propertize (concat "  " (plist-get diagnostic :message))
                                 'face 'thr-value 'cursor t))))))

(defvar eglot-server-programs)
(declare-function eglot--uri-to-path "eglot")
(with-eval-after-load 'eglot
  (cl-defmethod eglot-handle-notification :around
    (server (method (eql textDocument/publishDiagnostics)) &rest params)
    "Take values out of the diagnostics, and show them beside their statements."
    (let* ((all (append (plist-get params :diagnostics) nil))
           (path (eglot--uri-to-path (plist-get params :uri)))
           (buffer (find-buffer-visiting path)))
      (if (not (and buffer (eq (buffer-local-value 'major-mode buffer) 'thr-mode)))
          (cl-call-next-method)
        (with-current-buffer buffer (save-restriction (widen) (thr--show-values all)))
        (apply #'cl-call-next-method server method
               (plist-put (copy-sequence params) :diagnostics
                          (vconcat (seq-remove #'thr--value-p all))))))))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(thr-mode . ("thr" "lsp"))))

(provide 'thr-mode)
;;; thr-mode.el ends here
