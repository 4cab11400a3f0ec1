package io.foldwise.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entry: {@code foldwise COMMAND [options]}. */
public final class Main {
  static final List<Command> COMMANDS =
      List.of(
          new SearchCommand(),
          new FitCommand(),
          new EvaluateCommand(),
          new PredictCommand(),
          new InspectCommand(),
          new GenerateCommand(),
          new ExplainCommand());

  private Main() {}

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(args, out, err));
  }

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param out takes the result, for people or as JSON
   * @param err takes progress and, on failure, exactly one line
   * @return 0 done; 1 the run failed; 2 bad usage or bad data
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    boolean traced = Arrays.asList(args).contains(Options.VERBOSE.dashed());
    try {
      Console plain = Console.of(out, err, new Settings(Map.of(), Map.of()));
      Optional<Invocation> invocation = Invocation.parse(COMMANDS, args, plain);
      if (invocation.isPresent()) {
        Settings settings = invocation.get().settings();
        traced |= settings.flag(Options.VERBOSE);
        invocation.get().command().run(settings, Console.of(out, err, settings));
      }
      return 0;
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError failure) {
      return Failure.of(failure).print(err, traced);
    } finally {
      out.flush();
      err.flush();
    }
  }
}
