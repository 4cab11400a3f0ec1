package io.foldwise.spark.data.source;

/** Apache Parquet. */
record ParquetFormat() implements Format {
  @Override
  public String option() {
    return "parquet";
  }

  @Override
  public String suffixes() {
    return "parquet";
  }

  @Override
  public boolean fits(FileStart start) {
    return start.isParquet() || start.isEmpty();
  }

  @Override
  public boolean isEvident(FileStart start) {
    return start.isParquet();
  }

  @Override
  public SourceFrame training(Source source) {
    return ParquetSource.read(source.spark(), source.files(), source.expected().dimensions());
  }
}
