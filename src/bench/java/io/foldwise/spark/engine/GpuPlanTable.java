package io.foldwise.spark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What runs where, of every search that was asked about. */
final class GpuPlanTable {
  private final StringBuilder rows = new StringBuilder();
  private final Map<String, Integer> operators = new TreeMap<>();
  private final List<String> left = new ArrayList<>();
  private int queries;

  /** Whether an explanation leaves something on the CPU. */
  boolean sees(GpuExplanation explanation) {
    return !explanation.onCpu().isEmpty();
  }

  void add(String name, List<GpuExplanation> explanations) {
    List<GpuExplanation.Part> parts =
        explanations.stream().flatMap(each -> each.parts().stream()).toList();
    long executed = parts.stream().filter(GpuExplanation.Part::isOperator).count();
    List<GpuExplanation.Part> onCpu = parts.stream().filter(GpuExplanation.Part::isOnCpu).toList();
    rows.append(
        "| %s | %d | %d | %,d | %s |%n"
            .formatted(
                name,
                explanations.size(),
                executed,
                parts.size() - executed,
                onCpu.isEmpty() ? "nothing" : onCpu.size()));
    parts.stream()
        .filter(GpuExplanation.Part::isOperator)
        .forEach(part -> operators.merge(part.name(), 1, Integer::sum));
    onCpu.forEach(part -> left.add(name + ": " + part.name() + " " + part.rest()));
    queries += explanations.size();
  }

  boolean isAllOnGpu() {
    return left.isEmpty() && queries > 0;
  }

  String text() {
    String each =
        operators.entrySet().stream()
            .map(operator -> "| %s | %d |%n".formatted(operator.getKey(), operator.getValue()))
            .collect(Collectors.joining());
    return "| search | queries | operators | expressions | left on the CPU |%n|---|---|---|---|---|%n"
            .formatted()
        + rows
        + "%n| operator | times |%n|---|---|%n".formatted()
        + each;
  }

  /** One line, or one for everything that is left on the CPU. */
  String verdict() {
    return isAllOnGpu()
        ? "all operators and expressions of %d queries would run on the GPU; only what they result in is collected"
            .formatted(queries)
        : left.stream().distinct().collect(Collectors.joining("\n"));
  }
}
