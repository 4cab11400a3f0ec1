package io.foldwise.spark.data.schema;

import java.util.List;

/** Where the d features of a row stand. */
public sealed interface FeatureColumns {

  /** The d names of the features. */
  List<String> names();

  /** The columns of a source that hold them. */
  List<String> ofSource();

  /** The columns that hold them once they are loaded. */
  default List<String> columns() {
    return ofSource();
  }

  /** Each feature in a column of its own. */
  record Flat(List<String> names) implements FeatureColumns {
    public Flat {
      names = List.copyOf(names);
    }

    @Override
    public List<String> ofSource() {
      return names;
    }
  }

  /**
   * Each feature in a column of its own in the source, and all of them in {@link Columns#PACKED}
   * once loaded.
   */
  record Packed(List<String> names) implements FeatureColumns {
    public Packed {
      names = List.copyOf(names);
    }

    @Override
    public List<String> ofSource() {
      return names;
    }

    @Override
    public List<String> columns() {
      return List.of(Columns.PACKED);
    }
  }

  /** All features in the one column {@link VectorColumn#NAME}. */
  record Vector(int d) implements FeatureColumns {
    @Override
    public List<String> names() {
      return VectorColumn.names(d);
    }

    @Override
    public List<String> ofSource() {
      return List.of(VectorColumn.NAME);
    }
  }
}
