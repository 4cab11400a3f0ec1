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

    double ratio(double peer, double ours) {
      return this == COSTS ? ours / peer : peer / ours;
    }

    boolean isMet(double ratio, double bound) {
      return switch (this) {
        case FASTER -> ratio >= bound;
        case COSTS -> ratio <= bound;
        case SHOWN -> true;
      };
    }

    String bound(double bound) {
      return this == SHOWN ? "" : "%s %.1f".formatted(sign, bound);
    }
  }

  private final List<List<String>> lines = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean met = true;

  /** A ratio of times by the clock; that of CPU seconds, where both are known, is shown beside. */
  void add(String what, Timed<?> peer, Timed<?> ours, Sense sense, double bound) {
    double ratio = sense.ratio(peer.seconds(), ours.seconds());
    boolean isMet = sense.isMet(ratio, bound);
    met &= isMet;
    lines.add(
        List.of(
            what,
            number(peer.seconds()),
            number(ours.seconds()),
            number(ratio),
            number(sense.ratio(peer.cpuSeconds(), ours.cpuSeconds())),
            sense.bound(bound),
            sense == Sense.SHOWN ? "" : verdict(isMet)));
  }

  /** A number that may be no larger than a bound. */
  void limit(String what, double value, double bound) {
    boolean isMet = value <= bound;
    met &= isMet;
    String most = "<= %.0e".formatted(bound);
    lines.add(
        List.of(what, "", "", String.format(Locale.ROOT, "%.1e", value), "", most, verdict(isMet)));
  }

  /** Seconds that may be no more than a bound. */
  void within(String what, double seconds, double bound) {
    boolean isMet = seconds <= bound;
    met &= isMet;
    String most = "<= %.1f s".formatted(bound);
    lines.add(List.of(what, "", number(seconds), "", "", most, verdict(isMet)));
  }

  /** What only had to run to its end. */
  void ran(String what, Timed<?> ours) {
    lines.add(List.of(what, "", number(ours.seconds()), "", "", "runs", verdict(true)));
  }

  private static String verdict(boolean isMet) {
    return isMet ? "yes" : "**no**";
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** A line of text under the table. */
  void remark(String text) {
    remarks.add(text);
  }

  boolean isMet() {
    return met;
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| what | peer, s | ours, s | ratio | of CPU | bound | met? |\n");
    text.append("|---|---:|---:|---:|---:|---|---|\n");
    lines.forEach(line -> text.append("| %s |%n".formatted(String.join(" | ", line))));
    text.append('\n');
    remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
    return text.toString();
  }
}
