package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-12, -12",
    "999999, 999999",
    "1000000, 1.000e+06",
    "-1000000, -1.000e+06",
    "0.125, 0.1250",
    "1234.5, 1235",
    "0.00001234, 1.234e-05",
    "NaN, -",
    "Infinity, -",
    "-Infinity, -"
  })
  void aNumberHasFourDigitsAndAWholeOneBelowAMillionAll(double value, String text) {
    assertEquals(text, Figures.brief(value));
  }

  @Test
  void ofManyNamesTheFirstTenAreListedAndTheOthersCounted() {
    List<String> names = IntStream.rangeClosed(1, 12).mapToObj(i -> "x" + i).toList();
    String ten = "'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9', 'x10'";
    assertEquals(ten + " and 2 more", Figures.listed(names));
    assertEquals(ten, Figures.listed(names.subList(0, 10)));
    assertEquals("'x1'", Figures.listed(names.subList(0, 1)));
  }
}
