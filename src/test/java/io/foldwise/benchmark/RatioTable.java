package io.foldwise.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pairs of times, their ratios and the bounds on them, as Markdown. */
final class RatioTable {
  /** What a ratio has to be. */
  enum Sense {
    /** Peer over ours, at least the bound. */
    FASTER(">="),
    /** Ours over the peer, at most the bound. */
    COSTS("<="),
    /** Peer over ours, with no bound. */
    SHOWN("");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }

    boolean isMet(double ratio, double bound) {
      return switch (this) {
        case FASTER -> ratio >= bound;
        case COSTS -> ratio <= bound;
        case SHOWN -> true;
      };
    }
  }

  private record Line(String what, double peer, double ours, Sense sense, double bound) {
    double ratio() {
      return sense == Sense.COSTS ? ours / peer : peer / ours;
    }

    boolean isMet() {
      return sense.isMet(ratio(), bound);
    }

    String markdown() {
      String limit = sense == Sense.SHOWN ? "" : "%s %.1f".formatted(sense.sign, bound);
      String met = sense == Sense.SHOWN ? "" : isMet() ? "yes" : "**no**";
      return String.format(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %s | %s |",
          what,
          peer,
          ours,
          ratio(),
          limit,
          met);
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  void add(String what, double peer, double ours, Sense sense, double bound) {
    lines.add(new Line(what, peer, ours, sense, bound));
  }

  /** A line of text under the table. */
  void remark(String text) {
    remarks.add(text);
  }

  boolean isMet() {
    return lines.stream().allMatch(Line::isMet);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| what | peer, s | ours, s | ratio | bound | met? |\n");
    text.append("|---|---:|---:|---:|---:|---|\n");
    lines.forEach(line -> text.append(line.markdown()).append('\n'));
    text.append('\n');
    remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
    return text.toString();
  }
}
