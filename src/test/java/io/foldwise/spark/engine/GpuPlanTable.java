package io.foldwise.spark.engine;

import java.util.List;

final class GpuPlanTable {
  private final StringBuilder text = new StringBuilder();

  void add(String name, List<GpuExplanation> queries) {
    text.append("=== " + name + " " + queries.size() + "\n");
    queries.forEach(q -> text.append(q.text()).append("\n-----\n"));
  }

  String text() {
    return text.toString();
  }

  boolean isAllOnGpu() {
    return true;
  }
}
