package io.foldwise.spark.data.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The format of a dataset; {@link #AUTO} goes by the suffix of its files. */
public enum Format {
  /**
   * By suffix: .pkl, .pickle, .csv, .parquet, .libsvm, .svm or .svmlight; pickles also with .gz
   * behind it, text also with .gz or .bz2.
   */
  AUTO(""),
  /** NumPy arrays in a Python pickle. */
  PICKLE("(pkl|pickle)(\\.gz)?"),
  /** Comma-separated text. */
  CSV("csv(\\.(gz|bz2))?"),
  /** Apache Parquet. */
  PARQUET("parquet"),
  /** Text of lines {@code label index:value …}, indices from 1: sparse rows. */
  LIBSVM("(libsvm|svm|svmlight)(\\.(gz|bz2))?");

  /** The formats a user may name, for messages. */
  public static final String NAMES = "pickle, csv, parquet or libsvm";

  private static final String PANDAS =
      "convert it with pandas: read_%s('%%1$s').to_csv('%%2$s.csv', index=False)";

  private final String suffixes;

  Format(String suffixes) {
    this.suffixes = suffixes;
  }

  public static Optional<Format> ofName(String fileName) {
    return Arrays.stream(values())
        .filter(format -> format != AUTO && hasSuffix(fileName, format.suffixes))
        .findFirst();
  }

  /** What is wrong with a name that tells no format, and what helps. */
  public static String unknown(String fileName) {
    return Arrays.stream(Other.values())
        .filter(other -> hasSuffix(fileName, other.suffixes))
        .findFirst()
        .map(other -> "'%s' is not read: %s".formatted(fileName, other.advice(fileName)))
        .orElse(
            "the suffix of '%s' is not that of a known file type: use --format %s"
                .formatted(fileName, NAMES));
  }

  private static boolean hasSuffix(String fileName, String suffixes) {
    return fileName.toLowerCase(Locale.ROOT).matches("(?s).*\\.(" + suffixes + ")");
  }

  /** The name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Formats that are not read, and how to convert them; in advice %1$s is the file, %2$s its stem.
   */
  private enum Other {
    NPZ("npz", "make a pickle of it: pickle.dump(dict(np.load('%1$s')), open('%2$s.pkl', 'wb'))"),
    NPY("npy", "make a pickle of it: pickle.dump(np.load('%1$s'), open('%2$s.pkl', 'wb'))"),
    EXCEL("xlsx|xls|xlsm|ods", "save it as CSV UTF-8, or " + PANDAS.formatted("excel")),
    LINES("jsonl|ndjson", PANDAS.formatted("json").replace("')", "', lines=True)")),
    JSON("json", PANDAS.formatted("json")),
    TORCH(
        "pt|pth",
        "make a pickle of its tensors as arrays:"
            + " pickle.dump({'x': x.numpy(), 'y': y.numpy()}, open('%2$s.pkl', 'wb'))"),
    TABS("tsv|tab", PANDAS.formatted("csv").replaceFirst("'\\)", "', sep='\\\\t')")),
    FEATHER("feather|arrow", PANDAS.formatted("feather")),
    ORC("orc", PANDAS.formatted("orc")),
    HDF("h5|hdf5|hdf", PANDAS.formatted("hdf")),
    STATA("dta", PANDAS.formatted("stata")),
    SPSS("sav", PANDAS.formatted("spss")),
    SAS("sas7bdat|xpt", PANDAS.formatted("sas")),
    MATLAB(
        "mat",
        "make a pickle of its arrays:"
            + " m = scipy.io.loadmat('%1$s'); pickle.dump({'x': m['x'], 'y': m['y']}, open('%2$s.pkl', 'wb'))"),
    JOBLIB(
        "joblib", "make a pickle of it: pickle.dump(joblib.load('%1$s'), open('%2$s.pkl', 'wb'))"),
    ARCHIVE("zip|tar|tgz|tar\\.(gz|bz2|xz)|7z|rar|xz", "unpack it first"),
    PACKED_PARQUET("parquet\\.(gz|bz2)", "unpack it first: Parquet is compressed inside"),
    PACKED(
        "gz|bz2",
        "its name does not say what is packed in it: name it as in '%2$s.csv.gz', or use --format "
            + NAMES);

    private final String suffixes;
    private final String advice;

    Other(String suffixes, String advice) {
      this.suffixes = suffixes;
      this.advice = advice;
    }

    String advice(String fileName) {
      String stem = fileName.substring(0, fileName.lastIndexOf('.'));
      return advice.formatted(fileName, stem);
    }
  }
}
