package io.foldwise.spark.data.source;

/** Sparse rows as text, plain or compressed. */
record LibsvmFormat() implements Format {
  @Override
  public String option() {
    return "libsvm";
  }

  @Override
  public String suffixes() {
    return "(libsvm|svm|svmlight)(\\.(gz|bz2))?";
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public SourceFrame training(Source source) {
    return LibsvmSource.read(source.spark(), source.files(), source.expected().dimensions());
  }
}
