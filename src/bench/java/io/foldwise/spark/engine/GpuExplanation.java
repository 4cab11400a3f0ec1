package io.foldwise.spark.engine;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What RAPIDS says of a query: a line an operator or expression, marked * where it would run on the
 * GPU.
 *
 * @param parts one a line
 */
record GpuExplanation(List<Part> parts) {
  private static final Pattern LINE =
      Pattern.compile("^\\s*([^\\s\\w])\\s*(\\w*) ?<([\\w$.]+)>(.*)$", Pattern.MULTILINE);

  /**
   * A line.
   *
   * @param mark * for the GPU; # for what drops out there
   * @param kind Exec, Expression, Partitioning, …
   * @param name of its class
   * @param rest what more is said
   */
  record Part(String mark, String kind, String name, String rest) {
    boolean isOperator() {
      return kind.equals("Exec");
    }

    boolean isOnCpu() {
      return !mark.equals("*") && !mark.equals("#");
    }
  }

  static GpuExplanation of(Dataset<Row> query) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> plan = Class.forName("com.nvidia.spark.rapids.ExplainPlan", true, loader);
      Object text =
          plan.getMethod("explainPotentialGpuPlan", Dataset.class, String.class)
              .invoke(null, query, "ALL");
      return parsed((String) text);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException("RAPIDS explains no plan", failed);
    }
  }

  static GpuExplanation parsed(String text) {
    List<Part> parts = LINE.matcher(text).results().map(GpuExplanation::part).toList();
    if (parts.stream().noneMatch(Part::isOperator)) {
      throw new IllegalStateException("RAPIDS names no operator: " + text);
    }
    return new GpuExplanation(parts);
  }

  private static Part part(MatchResult line) {
    return new Part(line.group(1), line.group(2), line.group(3), line.group(4).strip());
  }

  List<Part> onCpu() {
    return parts.stream().filter(Part::isOnCpu).toList();
  }
}
