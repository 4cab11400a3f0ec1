package io.foldwise.cli;

import io.foldwise.learn.score.Confusion;
import io.foldwise.search.Figures;
import io.foldwise.spark.data.schema.Classes;
import java.util.ArrayList;
import java.util.List;

/** A confusion matrix as a small table: true classes by rows, predicted ones by columns. */
final class ConfusionText {
  private static final int MOST_CLASSES = 12;

  private ConfusionText() {}

  /** The table after an empty line; empty where there is none, or where it would be too wide. */
  static String of(Confusion confusion, Classes classes) {
    int k = confusion.classes();
    if (k == 0 || k > MOST_CLASSES) {
      return "";
    }
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("true, predicted"));
    head.addAll(classes.names());
    table.add(head);
    for (int label = 0; label < k; label++) {
      List<String> row = new ArrayList<>(List.of(classes.names().get(label)));
      for (int predicted = 0; predicted < k; predicted++) {
        row.add(Figures.brief(confusion.cell(label, predicted)));
      }
      table.add(row);
    }
    return "%n%s".formatted(table.text());
  }
}
