package io.foldwise.spark.data.source;

import java.util.regex.Pattern;

/** Sparse rows as text, plain or compressed. */
record LibsvmFormat() implements Format {
  /** How a line begins that is told from one of cells. */
  private static final Pattern LINE = Pattern.compile("^[-+.\\deE]+\\s+\\d+:[-+.\\d]");

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
  public boolean isEvident(FileStart start) {
    return LINE.matcher(start.firstLine()).find();
  }

  @Override
  public SourceFrame training(Source source) {
    return LibsvmSource.read(source.spark(), source.files(), source.expected().dimensions());
  }
}
