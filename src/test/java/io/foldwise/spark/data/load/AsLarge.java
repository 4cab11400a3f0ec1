package io.foldwise.spark.data.load;

import org.apache.spark.sql.SparkSession;

/** Few rows, loaded and dealt as if they were many: by hashes that are SQL themselves. */
public final class AsLarge {
  private AsLarge() {}

  /** As {@link DataLoader#load(SparkSession, DataOptions)}. */
  public static LoadedData load(SparkSession spark, DataOptions options) {
    return new DataLoader(spark, 0).load(options);
  }
}
