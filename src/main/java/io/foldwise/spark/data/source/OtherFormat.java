package io.foldwise.spark.data.source;

import java.util.Arrays;
import java.util.Optional;

/**
 * Formats that are not read, and how to convert them; in advice %1$s is the file, %2$s its stem.
 */
enum OtherFormat {
  EXCEL("xlsx|xls|xlsm|ods", "save it as CSV UTF-8, or " + pandas("excel")),
  TORCH(
      "pt|pth",
      "make a pickle of its tensors as arrays:"
          + " pickle.dump({'x': x.numpy(), 'y': y.numpy()}, open('%2$s.pkl', 'wb'))"),
  FEATHER("feather|arrow", pandas("feather")),
  AVRO("avro", "Spark's own jars do not read Avro: write it as Parquet"),
  HDF("h5|hdf5|hdf", pandas("hdf")),
  STATA("dta", pandas("stata")),
  SPSS("sav", pandas("spss")),
  SAS("sas7bdat|xpt", pandas("sas")),
  MATLAB(
      "mat",
      "make a pickle of its arrays:"
          + " m = scipy.io.loadmat('%1$s'); pickle.dump({'x': m['x'], 'y': m['y']}, open('%2$s.pkl', 'wb'))"),
  JOBLIB("joblib", "make a pickle of it: pickle.dump(joblib.load('%1$s'), open('%2$s.pkl', 'wb'))"),
  ARCHIVE("zip|tar|tgz|tar\\.(gz|bz2|xz)|7z|rar|xz", "unpack it first"),
  PACKED_PARQUET("parquet\\.(gz|bz2)", "unpack it first: Parquet is compressed inside");

  private final String suffixes;
  private final String advice;

  OtherFormat(String suffixes, String advice) {
    this.suffixes = suffixes;
    this.advice = advice;
  }

  /** What helps with a file of a name, if it is that of such a format. */
  static Optional<String> advice(String fileName) {
    String stem = fileName.substring(0, Math.max(0, fileName.lastIndexOf('.')));
    return Arrays.stream(values())
        .filter(other -> Format.hasSuffix(fileName, other.suffixes))
        .findFirst()
        .map(other -> other.advice.formatted(fileName, stem));
  }

  private static String pandas(String reader) {
    return "convert it with pandas: read_%s('%%1$s').to_csv('%%2$s.csv', index=False)"
        .formatted(reader);
  }
}
