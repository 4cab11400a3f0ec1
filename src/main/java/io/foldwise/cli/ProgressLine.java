package io.foldwise.cli;

import java.io.PrintWriter;

/**
 * One line of a terminal that says, over and over in its place, what a run is at: the phase, the
 * job of Spark's that runs, how many of its tasks are done, the seconds that the phase has taken
 * and, once enough is done, about how many the rest will take.
 */
final class ProgressLine {
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final int width;
  private String drawn = "";

  /**
   * Makes a line that shows nothing yet.
   *
   * @param width the columns of the terminal
   */
  ProgressLine(PrintWriter terminal, int width) {
    this.terminal = terminal;
    this.width = width;
  }

  /** Draws the line in place of what it said before. */
  synchronized void draw(Progress.At at) {
    String text = text(at);
    if (!text.equals(drawn)) {
      terminal.print(ERASE + text.substring(0, Math.min(text.length(), width - 1)));
      terminal.flush();
      drawn = text;
    }
  }

  /** Takes the line away, until it is drawn again. */
  synchronized void erase() {
    if (!drawn.isEmpty()) {
      terminal.print(ERASE);
      terminal.flush();
      drawn = "";
    }
  }

  /** Prints a line of its own above. */
  synchronized void above(String text) {
    erase();
    terminal.println(text);
    terminal.flush();
  }

  /** What the line says. */
  static String text(Progress.At at) {
    StringBuilder text = new StringBuilder(at.phase());
    if (!at.job().isEmpty()) {
      text.append(at.job().equals(at.phase()) ? "" : ": " + at.job());
      if (at.tasks() > 0) {
        text.append(", %d of %d tasks".formatted(at.done(), at.tasks()));
      }
    }
    text.append(", %.0f s".formatted(at.seconds()));
    return at.left() >= 1
        ? text.append(", about %.0f s left".formatted(at.left())).toString()
        : text.toString();
  }
}
