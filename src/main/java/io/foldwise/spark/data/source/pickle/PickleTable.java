package io.foldwise.spark.data.source.pickle;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A pickle as Spark's catalogue sees it. */
record PickleTable(String path, PickleFrame frame, Configuration configuration)
    implements SupportsRead {

  @Override
  public String name() {
    return "pickle " + path;
  }

  /** Deprecated in favour of {@code columns()}, which is made of it, but abstract all the same. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return frame.schema();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Builder(path, frame, configuration);
  }

  /** Leaves out the arrays that a query needs no column of. */
  private static final class Builder implements SupportsPushDownRequiredColumns {

    private final String path;
    private final Configuration configuration;
    private PickleFrame frame;

    Builder(String path, PickleFrame frame, Configuration configuration) {
      this.path = path;
      this.frame = frame;
      this.configuration = configuration;
    }

    @Override
    public void pruneColumns(StructType required) {
      frame = frame.having(Set.of(required.fieldNames()));
    }

    @Override
    public Scan build() {
      return new PickleScan(path, frame, configuration);
    }
  }
}
