;;; emacs.el --- Emacs with eglot, in batch  -*- lexical-binding: t; -*-
;; Writes a line for each check to `report'.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(add-to-list 'load-path (expand-file-name "emacs" (getenv "THR_GRAMMAR")))
(require 'thr-mode)

(defvar report-file (expand-file-name "report"))

(defun report (line)
  (write-region (concat line "\n") nil report-file t 'quiet))

(defun check (name holds found)
  (report (if holds (format "ok %s" name)
            (format "not ok %s: %s" name (replace-regexp-in-string "\n" " " (format "%S" found))))))

(defun wait-until (holds)
  (let ((end (+ (float-time) 20)))
    (while (and (not (funcall holds)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (funcall holds)))

(defun reported (pattern)
  (seq-find (lambda (d) (string-match-p pattern (flymake-diagnostic-text d))) (flymake-diagnostics)))

(defun all-reported () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun values-shown ()
  (mapcar (lambda (o) (overlay-get o 'after-string))
          (seq-filter (lambda (o) (overlay-get o 'thr-value)) (overlays-in (point-min) (point-max)))))

(defun ask (method &optional more)
  (jsonrpc-request (eglot--current-server-or-lose) method
                   (append (eglot--TextDocumentPositionParams) more) :timeout 20))

(defun go (text &optional offset)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (+ (match-beginning 0) (or offset 0))))

(defun shows (pattern value) (string-match-p pattern (format "%S" value)))

(defun face-of (text)
  (go text)
  (font-lock-ensure)
  (get-text-property (point) 'face))

(defun drive ()
  (setq eglot-sync-connect 20 eglot-connect-timeout 20 eglot-send-changes-idle-time 0
        eglot-confirm-server-initiated-edits nil)
  (find-file "sample.thr")
  (check "mode" (eq major-mode 'thr-mode) major-mode)
  (check "colours" (and (eq (face-of "tune") 'font-lock-builtin-face)
                        (eq (face-of "# What") 'font-lock-comment-delimiter-face)
                        (eq (face-of "f1") 'font-lock-constant-face))
         (list (face-of "tune") (face-of "# What") (face-of "f1")))
  (apply #'eglot (eglot--guess-contact))
  (flymake-start)
  (wait-until (lambda () (reported "did you mean `value`")))
  (check "diagnostics" (reported "did you mean `value`") (all-reported))
  (wait-until (lambda () (shows "F1 0.8" (values-shown))))
  (check "live value" (shows "F1 0.8" (values-shown)) (values-shown))
  (check "values are no problems" (not (reported "F1 0.8")) (all-reported))
  (go "tune")
  (let ((hover (ask :textDocument/hover)))
    (check "hover" (shows "Chooses the threshold" hover) hover))
  (go "t.valu" 6)
  (let* ((capf (eglot-completion-at-point))
         (found (all-completions "" (nth 2 capf))))
    (check "completion" (seq-some (lambda (c) (string-match-p "value" c)) found) found))
  (go "tune(s" 5)
  (let ((help (ask :textDocument/signatureHelp)))
    (check "signature" (shows "tune(" help) help))
  (go "t.valu" 2)
  (let* ((actions (eglot-code-actions (point) (+ (point) 4)))
         (fix (seq-find (lambda (a) (string-match-p "value" (plist-get a :title))) actions)))
    (eglot--apply-workspace-edit
     (or (plist-get fix :edit)
         (plist-get (jsonrpc-request (eglot--current-server-or-lose) :codeAction/resolve fix) :edit)))
    (check "code action" (save-excursion (goto-char (point-min)) (search-forward "t.value\nprint" nil t))
           (buffer-string)))
  ;; In batch mode no idle timer reports the edit to the server.
  (eglot--signal-textDocument/didChange)
  (go "t = ")
  (eglot-rename "best")
  (check "rename" (shows "best = tune(s, f1)\nbest.value\nprint(  best.value)" (buffer-string))
         (buffer-string))
  (eglot--signal-textDocument/didChange)
  (eglot-format-buffer)
  (check "format" (shows "print(best.value)" (buffer-string)) (buffer-string))
  (eglot--signal-textDocument/didChange)
  (let* ((server (eglot--current-server-or-lose))
         (lenses (ask :textDocument/codeLens))
         (resolved (mapcar (lambda (lens) (if (plist-get lens :command) lens
                                            (jsonrpc-request server :codeLens/resolve lens)))
                           lenses))
         (lens (seq-find (lambda (l) (equal (plist-get (plist-get l :command) :command)
                                            "thr.insertResult"))
                         (reverse resolved)))
         (command (plist-get lens :command)))
    (eglot-execute-command server (plist-get command :command) (plist-get command :arguments))
    (wait-until (lambda () (shows "# .*0\\.8" (buffer-string))))
    (check "command" (shows "# .*0\\.8" (buffer-string)) (buffer-string))
    (eglot-shutdown server nil 20)
    (check "shutdown" (not (jsonrpc-running-p server)) server)))

(condition-case problem (drive)
  (error (check "run" nil problem)))
(report "done")
(kill-emacs 0)
;;; emacs.el ends here
