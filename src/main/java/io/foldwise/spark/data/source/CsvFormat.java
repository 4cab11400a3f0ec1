package io.foldwise.spark.data.source;

/** Text of cells, separated by commas or another character, plain or compressed. */
record CsvFormat() implements Format {
  @Override
  public String option() {
    return "csv";
  }

  @Override
  public String suffixes() {
    return "(csv|tsv|tab)(\\.(gz|bz2|zst))?";
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public boolean isOfCells() {
    return true;
  }

  @Override
  public SourceFrame training(Source source) {
    return CsvSource.read(
        source.spark(), source.files(), source.dialect(), source.expected().names());
  }
}
