package io.foldwise.lecture;

import java.util.List;

/** The sections in order. */
public record Lecture(List<Section> sections) {
  public Lecture {
    sections = List.copyOf(sections);
  }

  /**
   * The data that sections are about.
   *
   * @param linear points of a line: data/linear.pkl
   * @param quiz points of a curve: data/quiz_data.pkl, or a student's own
   * @param houses sizes and prices: data/housing.csv
   * @param diabetes ten features and a label: data/diabetes.csv
   * @param features the names of the features of {@code diabetes}
   */
  public record Data(
      Points linear, Points quiz, Points houses, Points diabetes, List<String> features) {
    public Data {
      features = List.copyOf(features);
    }

    /** The same with other points of a curve. */
    public Data with(Points other) {
      return new Data(linear, other, houses, diabetes, features);
    }
  }

  /** The lecture about some data. */
  public static Lecture of(Data data) {
    return new Lecture(
        List.of(
            new NoiseSection(),
            new OutlierSection(),
            new SurfaceSection(data.linear),
            new RateSection(data.linear),
            new BasisSection(data.quiz),
            new MinimaSection(),
            new SplitSection(data.quiz),
            new FoldsSection(data.houses),
            new TimeSection(),
            new MinibatchSection(data.linear),
            new DegreeSection(data.quiz),
            new ClassesSection(),
            new ValleySection(),
            new PathsSection(data.diabetes, data.features),
            new StoppingSection(),
            new LoopsSection(data.linear),
            new QuizSection(data.linear, data.quiz)));
  }

  /** The number of the section of a name, from 0. */
  public int indexOf(String key) {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).key().equals(key)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no section " + key);
  }
}
