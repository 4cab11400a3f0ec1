package io.foldwise.spark.job;

import java.io.Serializable;
import org.apache.spark.SerializableWritable;
import org.apache.spark.broadcast.Broadcast;

/** A value that every executor is sent once, for all its tasks. */
public final class Shared<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableWritable<Parcel<T>>> parcel;

  Shared(Broadcast<SerializableWritable<Parcel<T>>> parcel) {
    this.parcel = parcel;
  }

  /** The value; on an executor, fetched when first asked for. */
  public T value() {
    return Parcel.opened(parcel.value());
  }

  /** Takes it from all executors, for good. */
  public void destroy() {
    parcel.destroy();
  }
}
