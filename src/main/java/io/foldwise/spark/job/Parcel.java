package io.foldwise.spark.job;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.apache.hadoop.io.Writable;
import org.apache.spark.SerializableWritable;

/**
 * Holds a value that travels by Java's serialization even where the session's serializer is Kryo,
 * which can neither fill the fields of records nor, with {@code
 * spark.kryo.registrationRequired=true}, write any class that the application has not registered.
 *
 * <p>{@link SerializableWritable} is the one class that Spark registers with Kryo to be written by
 * Java's streams and that holds what it is given. Where nothing is written, as in a cache in
 * memory, the value is the object itself.
 */
final class Parcel<T> implements Writable {
  private T value;

  /** Makes an empty parcel, to be read into. */
  Parcel() {}

  private Parcel(T value) {
    this.value = value;
  }

  static <T> SerializableWritable<Parcel<T>> of(T value) {
    return new SerializableWritable<>(new Parcel<>(value));
  }

  static <T> T opened(SerializableWritable<Parcel<T>> parcel) {
    return parcel.value().value;
  }

  /** The stream is that of the object around it, which knows the classes of the application. */
  @Override
  public void write(DataOutput out) throws IOException {
    ((ObjectOutput) out).writeObject(value);
  }

  @Override
  @SuppressWarnings("unchecked") // The value is what was written.
  public void readFields(DataInput in) throws IOException {
    try {
      value = (T) ((ObjectInput) in).readObject();
    } catch (ClassNotFoundException missing) {
      throw new InvalidClassException("no such class: " + missing.getMessage());
    }
  }
}
