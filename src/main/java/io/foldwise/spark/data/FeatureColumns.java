package io.foldwise.spark.data;

import java.util.List;

/** Where the d features of a row stand. */
sealed interface FeatureColumns {

  /** The d names. */
  List<String> names();

  /** The columns that hold them. */
  List<String> columns();

  /** Each in a column of its own. */
  record Flat(List<String> names) implements FeatureColumns {
    public Flat {
      names = List.copyOf(names);
    }

    @Override
    public List<String> columns() {
      return names;
    }
  }

  /** All in the one column {@link VectorColumn#NAME}. */
  record Vector(int d) implements FeatureColumns {
    @Override
    public List<String> names() {
      return VectorColumn.names(d);
    }

    @Override
    public List<String> columns() {
      return List.of(VectorColumn.NAME);
    }
  }
}
