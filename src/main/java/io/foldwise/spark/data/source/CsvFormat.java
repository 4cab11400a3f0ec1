package io.foldwise.spark.data.source;

/** Comma-separated text, plain or compressed. */
record CsvFormat() implements Format {
  @Override
  public String option() {
    return "csv";
  }

  @Override
  public String suffixes() {
    return "csv(\\.(gz|bz2))?";
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public boolean mayHaveHeader() {
    return true;
  }

  @Override
  public SourceFrame training(Source source) {
    return CsvSource.read(
        source.spark(), source.files(), source.header(), source.expected().names());
  }
}
