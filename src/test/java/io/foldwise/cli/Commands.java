package io.foldwise.cli;

/** The command line, for tests of other packages. */
public final class Commands {
  private Commands() {}

  /** Standard output of a command that does what it is asked. */
  public static String out(Object... words) {
    return Outcome.of(words).succeeded().out();
  }
}
