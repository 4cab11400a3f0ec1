package io.foldwise.spark.data.load;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.List;

/** Refuses labels 0 and 1 of which there is only one, as after a misspelt positive value. */
final class BothLabels {

  private final SourceFrame source;
  private final ColumnRoles roles;

  BothLabels(SourceFrame source, ColumnRoles roles) {
    this.source = source;
    this.roles = roles;
  }

  /** Looks at all rows of small data; labels that may be any number, or all the same, pass. */
  void require(List<IndexedRow> rows) {
    DataOptions.Label label = roles.asked().label();
    long ones = rows.stream().filter(row -> row.label() == 1).count();
    boolean same = label.kind() != Labels.EITHER && (ones == 0 || ones == rows.size());
    if (label.kind() == Labels.CLASSES) {
      return;
    }
    if (label.positive().isPresent() && ones == 0) {
      throw new InvalidInputException(none(label.positive().get()));
    }
    if (label.positive().isPresent() && same) {
      throw new InvalidInputException(every(label.positive().get()));
    }
    if (label.kind().areBinary() && same) {
      throw new InvalidInputException(same(ones == 0 ? 0 : 1));
    }
  }

  private String none(String positive) {
    Object other = source.frame().select(Columns.named(roles.label())).head().get(0);
    return "'positive' (%s): no row of '%s' has this as '%s', but one has %s: name a value of that column"
        .formatted(positive, source.origin(), roles.label(), other);
  }

  private String every(String positive) {
    return "'positive' (%s): every row of '%s' has this as '%s': rows with another label are needed too"
        .formatted(positive, source.origin(), roles.label());
  }

  private String same(int label) {
    return "'%s': column '%s' is %d in every row: the loss needs labels 0 and 1"
        .formatted(source.origin(), roles.label(), label);
  }
}
