package io.clawlive.server.sandbox.files;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs inside a sandbox. Plain POSIX shell and options that the GNU tools and busybox share.
 * Paths come as arguments and are never part of a script. What went wrong is told by an exit code
 * of {@link Faults} or by what the tools write to standard error.
 */
enum Script {
  /** A file's figures and, of a link, where it leads. */
  STAT(
      """
      show
      """),

  /** What is in a folder: its depth. */
  LIST(
      """
      d=$2
      enter
      list
      """),

  /** Lists a folder when it is asked to by a line, if it is another list than before. */
  WATCH(
      """
      d=$2
      o=
      while read -r line; do
        enter
        n=$(list | sha256sum) || exit 1
        if [ "$n" = "$o" ]; then echo .; else o=$n; echo +; list; fi
      done
      """),

  /** Makes a folder: its permissions. */
  MAKE_FOLDER(
      """
      if [ -e "$a" ] || [ -L "$a" ]; then
        [ -d "$a" ] || exit 70
      else
        parents
        mkdir -m "$2" "$a" || [ -d "$a" ] || exit 1
      fi
      show
      """),

  /** Gives something another path: that path, and whether a file there is replaced. */
  MOVE(
      """
      b=$a
      path "$2"
      stat -c %f "$b" >/dev/null || exit 1
      [ "$a" != "$b" ] || { show; exit; }
      f=${a%/*}
      [ -d "$f/" ] || exit 77
      if [ -e "$a" ] || [ -L "$a" ]; then
        [ "$3" = 1 ] || exit 70
        if [ -L "$a" ]; then
          [ ! -d "$a" ] || rm -f "$a" || exit 1
        else
          [ ! -d "$a" ] || exit 71
        fi
        [ ! -d "$b" ] || [ -L "$b" ] || exit 70
      fi
      c=$a a=$b
      unmounted
      mv -f "$b" "$c" || exit 1
      a=$c
      show
      """),

  /** Removes something: whether with what is in it. */
  REMOVE(
      """
      if [ -d "$a" ] && [ ! -L "$a" ]; then
        unmounted
        if [ "$2" = 1 ]; then rm -rf "$a"; else rmdir "$a"; fi
      else
        rm -f "$a"
      fi || exit 1
      """),

  /** A file's figures and its bytes: how many are left out, and how many are sent at most. */
  READ(
      """
      [ -f "$a" ] || { stat -L -c %f "$a" >/dev/null || exit 1; exit 72; }
      o=$2
      n=$3
      exec <"$a" || exit 1
      x=$(stat -L -c "$format" /proc/self/fd/0) || exit 1
      printf '%s\\n' "$x"
      set -- $x
      [ "$o" -le "$2" ] || exit 0
      [ "$o" = 0 ] || dd bs=1 skip="$o" count=0 2>/dev/null || exit 1
      # Files of the system say that they are empty and are not.
      [ "$2" != 0 ] || exec cat
      w=$(($2 - o))
      [ "$n" = 0 ] || [ "$n" -gt "$w" ] || w=$n
      k=$((w / 65536))
      r=$((w % 65536))
      [ "$k" = 0 ] || dd bs=65536 count="$k" 2>/dev/null || exit 1
      [ "$r" = 0 ] || dd bs="$r" count=1 2>/dev/null || exit 1
      """),

  /** Takes bytes beside a file: how many that are there stay, and whether it may be there. */
  WRITE(
      """
      umask 022
      w=$3
      parents
      vacant
      p=$a.part
      s=0
      if [ -e "$p" ] || [ -L "$p" ]; then
        plain
        s=$(stat -c %s "$p") || exit 1
      fi
      [ "$2" -le "$s" ] || { printf '%s\\n' "$s"; exit 74; }
      if [ "$2" = 0 ]; then
        : >"$p" || exit 1
      else
        [ "$2" = "$s" ] || truncate -s "$2" "$p" || exit 1
        : >>"$p" || exit 1
      fi
      echo go
      exec cat >>"$p"
      """),

  /** Gives written bytes their path: permissions, whether it may be there, and the digest. */
  FINISH(
      """
      m=$2
      w=$3
      p=$a.part
      plain
      h=$(sha256sum <"$p") || exit 1
      h=${h%% *}
      [ -z "$4" ] || [ "$h" = "$4" ] || { rm -f "$p"; exit 75; }
      vacant
      if [ "$m" = 0 ]; then
        m=644
        [ ! -f "$a" ] || m=$(stat -L -c %a "$a") || exit 1
      fi
      chmod "$m" "$p" && mv -f "$p" "$a" || exit 1
      printf '%s\\n' "$h"
      show
      """);

  private static final String BEFORE =
      """
      format='%f %s %u %g %Y'
      path() { a=$(printf '%b.' "$1"); a=${a%.}; }
      show() {
        x=$(stat -c "$format" "$a") || exit 1
        printf '%s\\n' "$x"
        case $x in a*) readlink -n "$a" ;; esac
      }
      enter() {
        [ -d "$a" ] || { stat -L -c %f "$a" >/dev/null || exit 1; exit 73; }
        cd -P "$a" 2>/dev/null && [ -r . ] || { echo Permission denied >&2; exit 1; }
      }
      # A path that find tells never has two slashes in a row, whatever a name holds.
      list() {
        find . -mindepth 1 -maxdepth "$d" -exec stat -c "$format %n//" {} + 2>/dev/null
        echo =
        find . -mindepth 1 -maxdepth "$d" -type l -exec sh -c '
          for f; do printf "%s\\0" "$f"; readlink -n "$f"; printf "\\0"; done
        ' sh {} + 2>/dev/null
        printf '\\0'
      }
      parents() {
        f=${a%/*}
        [ -z "$f" ] || [ -d "$f" ] || mkdir -p "$f" || exit 1
      }
      vacant() {
        [ ! -d "$a" ] || exit 71
        [ "$w" = 1 ] || { [ ! -e "$a" ] && [ ! -L "$a" ]; } || exit 70
      }
      plain() { [ -f "$p" ] && [ ! -L "$p" ] || exit 78; }
      unmounted() {
        [ -d "$a" ] && [ ! -L "$a" ] || return 0
        r=$(cd -P "$a" 2>/dev/null && pwd -P && echo .) || return 0
        r=${r%??}
        while read -r x x x x y x; do
          y=$(printf '%b.' "$y")
          case ${y%.}/ in "$r"/*) exit 76 ;; esac
        done </proc/self/mountinfo
      }
      path "$1"
      """;

  private final String text;

  Script(String text) {
    this.text = BEFORE + text;
  }

  /** The command that runs it. */
  List<String> command(FilePath path, Object... arguments) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", text, "sh", path.argument()));
    Stream.of(arguments)
        .map(each -> each instanceof FilePath other ? other.argument() : each.toString())
        .forEach(command::add);
    return command;
  }
}
