#!/usr/bin/env bash
# Counts the words that CONTRIBUTING.md ("Plain English") limits, per 1,000 words of docs, comments and messages.
# Exits with 1 if a target is missed.
#   ./eng/prose.sh                   prints the counts beside their targets
#   ./eng/prose.sh --files           also prints the ten worst files of each kind: those with the most words that have an upper target
#   ./eng/prose.sh --lines PATTERN   prints the lines of prose with PATTERN: where, subject, if, you, or a regular expression in lower case
#
# The meaning of the numbers:
#   docs      the pages of the root folder and of docs, without fenced code, `code`, HTML comments and link targets
#   comments  // and /// in src/**/*.cs, without XML tags, <c>, <code>, `code` and URLs. Generated files are left out.
#   messages  string literals of src/**/*.cs with at least four words that are not SQL, C# or TypeScript: exceptions, logs, diagnostics.
#             They are counted without {placeholders}.
#   words     runs of ASCII letters, also with ' and - inside. Code is no word, so prose around much code gains nothing by it.
#   where     each 'where' and 'wherever'. The script cannot tell a place ("where the file is") from a condition ("where it is null"),
#             so it counts both.
#   subject   each 'what', 'whatever', 'who', 'whoever', 'whom', 'one(s) that/who', 'those that/who' and 'that which'. Questions and
#             "a user who" count, too.
#   if, you   each 'if'; each 'you', 'your', 'yours' and 'yourself'
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=counts pattern=
case "${1:-}" in
  '') ;;
  --files) mode=files ;;
  --lines) mode=lines pattern=${2:?--lines needs a pattern} ;;
  *) sed -n '4,6s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

existing_files() {
  local file
  git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
    [ ! -e "$file" ] || echo "$file"
  done
}

# Both print lines of prose: kind, file, line number and text, with tabs between.
prose_of_docs() {
  local pages
  mapfile -t pages < <(existing_files '*.md' | grep -E '^([^/]+|docs/.*)\.md$')
  awk '
    # Removes each part of text from start to end. An end that is missing leaves is_open set.
    function without(text, start, end,    from, rest, to) {
      is_open = 0
      while ((from = index(text, start)) && !is_open) {
        rest = substr(text, from + length(start))
        to = index(rest, end)
        is_open = !to
        text = substr(text, 1, from - 1) " " (to ? substr(rest, to + length(end)) : "")
      }
      return text
    }
    FNR == 1 { is_fenced = is_comment = 0 }
    /^ *```/ { is_fenced = !is_fenced; next }
    is_fenced { next }
    {
      if (is_comment && !sub(/^.*-->/, "")) next
      text = without($0, "<!--", "-->")
      is_comment = is_open
      text = without(text, "`", "`")
      gsub(/\]\([^)]*\)|https?:[^ ]*/, " ", text)
      printf "docs\t%s\t%d\t%s\n", FILENAME, FNR, text
    }' "${pages[@]}"
}

# Reads C# just far enough to tell comments from strings.
prose_of_code() {
  local files
  mapfile -t files < <(existing_files 'src/*.cs' | grep -vE '\.g\.cs$')
  awk '
    function print_prose(kind, text) { printf "%s\t%s\t%d\t%s\n", kind, FILENAME, FNR, text }

    function comment(text) {
      sub(/^\/+/, "", text)
      if (text ~ /<code/) is_code = 1
      if (is_code) {
        if (text ~ /<\/code>/) is_code = 0
        return
      }
      gsub(/<c>[^<]*<\/c>|<[^<>]*>|`[^`]*`|https?:[^ ]*/, " ", text)
      print_prose("comments", text)
    }

    function message(text) {
      gsub(/\{[^{}]*\}/, " ", text)
      if (split(text, words, / +/) < 4 || text !~ /[a-z]+ [a-z]+/)
        return
      if (text ~ /=>|::|[{}]|\);| = |^[ \\n]*(public|private|internal|static|namespace|using|global|export|#) |where [A-Z][A-Za-z]* :/)
        return
      if (text ~ /^ *(SELECT|INSERT|DELETE|UPDATE|CREATE|ALTER|LISTEN|UNLISTEN|NOTIFY|SET|RESET|WITH|BEGIN|LOCK) /)
        return
      print_prose("messages", text)
    }

    # Reads the literal whose opening quote is at p, and returns the place behind its closing quote.
    # Text inside of {holes} counts only if it is a literal itself.
    function literal(p, is_interpolated, is_verbatim,    c, depth, is_inner, text) {
      for (p++; p <= length($0); p++) {
        c = substr($0, p, 1)
        if (c == "\\" && !is_verbatim) {
          p++
          c = " "
        } else if (c == "\"" && is_verbatim && substr($0, p + 1, 1) == "\"") {
          p++
        } else if (c == "\"" && !depth) {
          message(text)
          return p + 1
        } else if (c == "\"") {
          is_inner = !is_inner
          c = " "
        } else if (is_interpolated && (c == "{" || c == "}")) {
          if (substr($0, p + 1, 1) == c && !depth)
            p++
          else
            depth += c == "{" ? 1 : -1
          c = " "
        }
        if (!depth || is_inner)
          text = text c
      }
      return p
    }

    FNR == 1 { is_raw = is_block = is_code = is_generated = 0 }
    FNR <= 3 && /<auto-generated/ { is_generated = 1 }
    is_generated { next }
    {
      p = 1
      if (is_raw || is_block) {
        at = index($0, is_raw ? quotes : "*/")
        if (!at) next
        p = at + (is_raw ? length(quotes) : 2)
        is_raw = is_block = 0
      }
      while (match(substr($0, p), /["\x27\/]/)) {
        p += RSTART - 1
        rest = substr($0, p)
        if (rest ~ /^\/\//) {
          comment(rest)
          break
        } else if (rest ~ /^\/\*/) {
          at = index(rest, "*/")
          if (is_block = !at) break
          p += at + 1
        } else if (match(rest, /^"""+/)) {
          quotes = substr(rest, 1, RLENGTH)
          at = index(substr(rest, RLENGTH + 1), quotes)
          if (is_raw = !at) break
          p += RLENGTH + at + length(quotes) - 1
        } else if (match(rest, /^\x27(\\.[^\x27]*|[^\x27\\]+)\x27/)) {
          p += RLENGTH
        } else if (rest ~ /^"/) {
          prefix = substr($0, p > 2 ? p - 2 : 1, p > 2 ? 2 : p - 1)
          p = literal(p, prefix ~ /\$/, prefix ~ /@/)
        } else {
          p++
        }
      }
    }' "${files[@]}"
}

{ prose_of_docs; prose_of_code; } | awk -F '\t' -v mode="$mode" -v pattern="$pattern" '
  function row(kind, name, sense, target,    n, rate, is_missed) {
    n = total[kind, name]
    rate = total[kind, "words"] ? n * 1000 / total[kind, "words"] : 0
    is_missed = sense == "at most" && rate > target || sense == "at least" && rate < target
    failed = failed || is_missed
    printf "%-9s %-8s %6d %7.2f%s%s\n", kind, name, n, rate, sense ? "   " sense " " target : "", is_missed ? "   MISSED" : ""
  }

  function print_worst(kind, limit,    file, worst) {
    while (limit--) {
      worst = ""
      for (file in over)
        if (files[file] == kind && over[file] > (worst == "" ? 0 : over[worst]))
          worst = file
      if (worst == "") return
      printf "%-9s %4d in %5d words   %s\n", kind, over[worst], in_file[worst], substr(worst, length(kind) + 2)
      delete over[worst]
    }
  }

  BEGIN {
    # Every word stands between spaces of its own.
    re["where"] = " where(ver)? "
    re["subject"] = " (what(ever)?|who(ever|m)?)(\x27s)? | ones?  (that|who) | those  (that|who) | that  which "
    re["if"] = " if "
    re["you"] = " you(rs?|rself)?(\x27[a-z]+)? "
    kinds = split("docs comments messages", kind, " ")
  }
  {
    text = tolower($4)
    gsub(/’/, "\x27", text)
    plain = text
    gsub(/[^a-z\x27-]+/, "  ", text)
    gsub(/ [\x27-]+/, " ", text)
    gsub(/[\x27-]+ /, " ", text)
    text = "  " text "  "
    if (mode == "lines") {
      if (pattern in re ? text ~ re[pattern] : plain ~ pattern) printf "%s:%d: %s\n", $2, $3, $4
      next
    }
    file = $2
    n = gsub(/[a-z][a-z\x27-]*/, "&", text)
    total[$1, "words"] += n
    in_file[$1 " " file] += n
    for (name in re) {
      n = gsub(re[name], "&", text)
      total[$1, name] += n
      if (name == "where" || name == "subject") over[$1 " " file] += n
    }
    files[$1 " " file] = $1
  }
  END {
    if (mode == "lines") exit 0
    printf "%-9s %-8s %6s %7s   %s\n", "kind", "words", "count", "/ 1000", "target"
    for (k = 1; k <= kinds; k++) {
      printf "%-9s %-8s %6d\n", kind[k], "all", total[kind[k], "words"]
      row(kind[k], "where", "at most", 1.5)
      row(kind[k], "subject", "at most", 3)
      row(kind[k], "if", kind[k] == "messages" ? "" : "at least", 3)
      row(kind[k], "you")
    }
    if (mode == "files")
      for (k = 1; k <= kinds; k++) print_worst(kind[k], 10)
    exit failed
  }'
