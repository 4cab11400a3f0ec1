package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Runs commands one after the other in one session of Spark, which starts while the first is typed.
 * On a terminal a failed command is told and the next may follow; a script on standard input ends
 * at the first command that fails, with its status. A word is quoted as in a shell, {@code #}
 * begins a comment, and a backslash at the end of a line goes on with the next.
 */
final class ShellCommand implements Command {
  private static final Set<String> LEAVE = Set.of("exit", "quit");

  /** How a command begins that was copied from a shell. */
  private static final Set<String> OURSELVES = Set.of("foldwise", "submit/foldwise");

  private static final String HISTORY = ".foldwise_history";
  private static final String PROMPT = "foldwise> ";

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public String summary() {
    return "take commands one after the other, typed or from a script, in one warm session of Spark";
  }

  @Override
  public String example() {
    return "shell < experiments.txt";
  }

  @Override
  public Map<String, List<Option>> options() {
    return Map.of();
  }

  @Override
  public void run(Settings settings, Console console) {
    if (Main.isDrivenByCluster()) {
      throw new InvalidInputException(
          "'shell' reads what a person types: run it with --deploy-mode client");
    }
    warmUp();
    try (Terminal terminal = TerminalBuilder.builder().nativeSignals(true).dumb(false).build()) {
      converse(terminal, console);
    } catch (IllegalStateException noTerminal) {
      script(console);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts Spark and loads what its queries need, while a person types. */
  private static void warmUp() {
    if (new SparkConf().contains("spark.plugins")) {
      return; // What the session needs depends on the device that the first command names.
    }
    Thread warm = new Thread(() -> Session.open().spark().range(1).count(), "warm up");
    warm.setDaemon(true);
    warm.setUncaughtExceptionHandler((thread, failed) -> {}); // The first command will tell.
    warm.start();
  }

  private static DefaultParser parser() {
    return new DefaultParser().lineCommentDelims(new String[] {"#"}).eofOnEscapedNewLine(true);
  }

  private static void converse(Terminal terminal, Console console) {
    LineReader lines =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser())
            .completer(new ShellCompleter(Main.COMMANDS))
            .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), HISTORY))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "        > ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    terminal
        .writer()
        .printf(
            """
            foldwise %s: type commands as after submit/foldwise; Spark starts once and stays warm.
            Tab completes, the arrows bring back earlier lines, Ctrl-C stops a command.
            'help' lists the commands, 'exit' or Ctrl-D leaves. Lines are kept in ~/.foldwise_history.
            """,
            Version.TEXT);
    while (next(lines, console)) {
      terminal.flush();
    }
  }

  /** Does what the next line says; whether there may be another. */
  private static boolean next(LineReader lines, Console console) {
    try {
      List<String> words = words(lines.readLine(PROMPT));
      if (isLeaving(words)) {
        return false;
      }
      call(words, console.out(), console.err());
    } catch (UserInterruptException cleared) {
      return true;
    } catch (EndOfFileException left) {
      return false;
    } catch (SyntaxError unclear) {
      console.err().println("foldwise: " + unclear.getMessage());
    }
    return true;
  }

  private static void script(Console console) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    DefaultParser parser = parser();
    StringBuilder text = new StringBuilder();
    int number = 0;
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        text.append(line);
        List<String> words;
        try {
          parser.parse(text.toString(), text.length(), Parser.ParseContext.ACCEPT_LINE);
          words = words(text.toString());
        } catch (EOFError more) {
          text.append('\n');
          continue;
        }
        text.setLength(0);
        if (isLeaving(words)) {
          return;
        }
        int status = call(words, console.out(), console.err());
        if (status != 0) {
          throw new ScriptFailedException(number, status);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (!text.isEmpty()) {
      throw new InvalidInputException("the script ends within a quoted word: close the quote");
    }
  }

  /** The words of a line, without our own name. */
  private static List<String> words(String line) {
    List<String> words = split(line);
    if (!words.isEmpty() && OURSELVES.contains(words.get(0))) {
      words.remove(0);
    }
    return words;
  }

  /**
   * A line's words as a shell has them: single quotes keep all they hold, double ones too but for a
   * backslash before a quote or another backslash, a backslash elsewhere keeps the next character
   * and takes the end of its line away; {@code ~/} at the beginning of a word is the home, and
   * {@code #} there begins a comment. Neither variables nor patterns are replaced.
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      char next = at + 1 < line.length() ? line.charAt(at + 1) : 0;
      if (quote != 0) {
        boolean escaped = c == '\\' && quote == '"' && (next == '"' || next == '\\');
        if (c == quote) {
          quote = 0;
        } else {
          word.append(escaped ? next : c);
          at += escaped ? 1 : 0;
        }
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else if (c == '#' && !begun) {
        int end = line.indexOf('\n', at);
        at = end < 0 ? line.length() : end;
      } else if (c == '\\') {
        at++;
        if (next != '\n') {
          word.append(next);
          begun = true;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (c == '~' && !begun && next == '/') {
        word.append(System.getProperty("user.home"));
        begun = true;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isLeaving(List<String> words) {
    return words.size() == 1 && LEAVE.contains(words.get(0));
  }

  private static int call(List<String> words, PrintWriter out, PrintWriter err) {
    if (words.isEmpty()) {
      return 0;
    }
    if (words.get(0).equals("shell")) {
      err.println("foldwise: this is the shell: type another command, or exit");
      return 2;
    }
    int status = Main.run(words.toArray(String[]::new), out, err, new EarlyEnd().atSignals());
    if (SparkSession.getDefaultSession().isDefined()
        && SparkSession.getDefaultSession().get().sparkContext().isStopped()) {
      SparkSession.clearDefaultSession();
    }
    Configurator.reconfigure();
    EarlyEnd.leaveAtSignals();
    return status;
  }

  /** A script that ended at a command that failed, which has told why. */
  static final class ScriptFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ScriptFailedException(int line, int status) {
      super("line %d of the script failed, and what follows was not run".formatted(line));
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
