package dev.bucketlens.results;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a {@link ResultQuery} from the index that suits it, in a bounded number of reads. */
final class ResultFinder {
  /** So a page takes well under a second even where nothing matches. */
  static final int MAX_READS = 31;

  /** Empty days in a row before a glance at the whole index: it costs as much as many days. */
  private static final int EMPTY_DAYS = 3;

  /** No result is older than the program. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

  private final IndexReader reader;
  private final Clock clock;

  ResultFinder(IndexReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  ResultPage find(ResultQuery query) {
    if (query.label() != null && query.day() == null) {
      return readPartition(Index.BY_LABEL, query, query.label());
    }
    if (query.day() != null) {
      return readPartition(Index.BY_TIME, query, query.day().toString());
    }
    return readDays(query);
  }

  private ResultPage readPartition(Index index, ResultQuery query, String partition) {
    Optional<PageKey> next =
        Optional.of(query.from() == null ? PageKey.startOf(partition) : query.from());
    if (!next.get().partition().equals(partition)) {
      throw new IllegalArgumentException("the page key belongs to another query");
    }
    List<ImageResult> found = new ArrayList<>();
    for (int reads = 0; next.isPresent() && found.size() < query.limit(); reads++) {
      if (reads == MAX_READS) {
        break;
      }
      ResultPage page = reader.read(index, next.get(), query, query.limit() - found.size());
      found.addAll(page.results());
      next = page.next();
    }
    return new ResultPage(found, next);
  }

  /** Walks back day by day: partitions have no order of their own to read them in. */
  private ResultPage readDays(ResultQuery query) {
    Optional<PageKey> next = Optional.of(query.from() == null ? newest() : query.from());
    List<ImageResult> found = new ArrayList<>();
    int emptyDays = 0;
    for (int reads = 0; next.isPresent() && found.size() < query.limit(); reads++) {
      if (reads == MAX_READS) {
        break;
      }
      ResultPage page = reader.read(Index.BY_TIME, next.get(), query, query.limit() - found.size());
      found.addAll(page.results());
      emptyDays = page.results().isEmpty() ? emptyDays + 1 : 0;
      next =
          page.next().isPresent()
              ? page.next()
              : dayBefore(day(next.get()), emptyDays > 0 && emptyDays % EMPTY_DAYS == 0);
    }
    return new ResultPage(found, next);
  }

  /** A writer whose clock is ahead may be in tomorrow already. */
  private PageKey newest() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return PageKey.startOf(today.plusDays(1).toString());
  }

  private Optional<PageKey> dayBefore(LocalDate day, boolean glance) {
    Optional<LocalDate> before =
        glance ? reader.latestDayBefore(day) : Optional.of(day.minusDays(1));
    return before.filter(d -> !d.isBefore(FIRST_DAY)).map(d -> PageKey.startOf(d.toString()));
  }

  private static LocalDate day(PageKey key) {
    try {
      return LocalDate.parse(key.partition());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the page key belongs to another query", e);
    }
  }
}
