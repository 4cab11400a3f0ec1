package io.foldwise.spark.data.load;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.spark.data.schema.Classes;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.Numeral;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the classes of a label, by one pass over its column. Labels of two classes that are 0 and 1
 * in the first rows are not looked at further: they are taken as they are.
 */
record LabelClasses(SourceFrame source, String label) {
  private static final int FIRST_ROWS = 1000;
  private static final int LISTED = 5;

  /**
   * The classes that labels are to be read as.
   *
   * @throws InvalidInputException if {@link Labels#CLASSES} are asked for and there are fewer than
   *     two, too many, or numbers that are not whole
   */
  Classes of(DataOptions.Label asked) {
    boolean several = asked.kind() == Labels.CLASSES;
    if (several && asked.positive().isPresent()) {
      throw new InvalidInputException(
          "'positive' (%s) tells one class from all others, and the loss is of all of them: leave it out, or train with a loss of two classes, such as logistic or hinge"
              .formatted(asked.positive().get()));
    }
    if (!asked.classes().isNone()) {
      return asked.classes();
    }
    if (several) {
      return several();
    }
    boolean named = asked.positive().isPresent();
    return asked.kind() == Labels.TWO_CLASSES && !named ? two() : Classes.NONE;
  }

  private DataType type() {
    return source.column(label).dataType();
  }

  private boolean isText() {
    return type().equals(DataTypes.StringType);
  }

  /** Two values, neither of which is text that may be a number; no classes else. */
  private Classes two() {
    if (isText()) {
      List<String> texts = distinct(2, Encoders.STRING());
      boolean numerals = texts.stream().anyMatch(Numeral::is);
      return texts.size() == 2 && !numerals ? Classes.ofTexts(texts) : Classes.NONE;
    }
    boolean number = Columns.isNumber(type()) && !type().equals(DataTypes.BooleanType);
    if (!number || first().stream().allMatch(y -> y == 0 || y == 1)) {
      return Classes.NONE;
    }
    List<Double> numbers = distinct(2, Encoders.DOUBLE());
    return numbers.size() == 2 ? Classes.ofNumbers(numbers) : Classes.NONE;
  }

  /** The numbers of the first rows. */
  private List<Double> first() {
    return source
        .frame()
        .select(Columns.named(label).cast(DataTypes.DoubleType))
        .limit(FIRST_ROWS)
        .as(Encoders.DOUBLE())
        .collectAsList()
        .stream()
        .filter(Objects::nonNull)
        .filter(Double::isFinite)
        .toList();
  }

  private Classes several() {
    Classes classes;
    if (type().equals(DataTypes.BooleanType) || isText()) {
      classes = Classes.ofTexts(distinct(MulticlassLoss.MOST_CLASSES, Encoders.STRING()));
    } else if (Columns.isNumber(type())) {
      List<Double> numbers = distinct(MulticlassLoss.MOST_CLASSES, Encoders.DOUBLE());
      numbers.stream().filter(y -> y != Math.rint(y)).findFirst().ifPresent(this::refuseFraction);
      classes = Classes.ofNumbers(numbers);
    } else {
      throw new InvalidInputException(
          "'%s': the label '%s' is of type %s: classes are numbers, texts or true and false"
              .formatted(source.origin(), label, type().simpleString()));
    }
    if (classes.count() > MulticlassLoss.MOST_CLASSES) {
      throw new InvalidInputException(
          "'%s': the label '%s' has more than %d different values, as %s: a loss takes at most so many classes; choose another column with --label"
              .formatted(
                  source.origin(),
                  label,
                  MulticlassLoss.MOST_CLASSES,
                  String.join(", ", classes.names().subList(0, LISTED))));
    }
    if (classes.count() < 2) {
      throw new InvalidInputException(
          "'%s': column '%s' is %s in every row: two classes or more are needed"
              .formatted(
                  source.origin(),
                  label,
                  classes.isNone() ? "missing" : "'" + classes.names().get(0) + "'"));
    }
    return classes;
  }

  private void refuseFraction(double number) {
    throw new InvalidInputException(
        "'%s': the label '%s' holds %s, and the loss is for classes, named by whole numbers or texts: choose another column, or take --loss squared"
            .formatted(source.origin(), label, number));
  }

  /** The different values, up to one more than so many; those that are missing do not count. */
  private <T> List<T> distinct(int most, Encoder<T> encoder) {
    boolean numbers = encoder.equals(Encoders.DOUBLE());
    Column cell = Columns.named(label);
    Column value = cell.cast(numbers ? DataTypes.DoubleType : DataTypes.StringType);
    Dataset<T> values =
        source.frame().select(value.as("class")).where("class is not null").distinct().as(encoder);
    return (numbers ? values.where("abs(class) <= " + Double.MAX_VALUE + "D") : values)
        .limit(most + 1)
        .collectAsList();
  }
}
