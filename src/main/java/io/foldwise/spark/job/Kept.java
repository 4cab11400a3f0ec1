package io.foldwise.spark.job;

import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Values kept in the executors: in memory, on their disks where that is full. */
public final class Kept<T> implements AutoCloseable {
  private final JavaRDD<SerializableWritable<Parcel<T>>> parcels;
  private final JavaRDD<T> values;

  Kept(JavaRDD<T> made) {
    this.parcels = made.map(Parcel::of);
    parcels.persist(StorageLevel.MEMORY_AND_DISK());
    this.values = parcels.map(Parcel::opened);
  }

  /** The values, made when a job first reads them. */
  public JavaRDD<T> values() {
    return values;
  }

  @Override
  public void close() {
    parcels.unpersist(false);
  }
}
