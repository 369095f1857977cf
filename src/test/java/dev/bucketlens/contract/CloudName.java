package dev.bucketlens.contract;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The cloud that a contract test runs on, for the report at the end of the test run. */
@Retention(RetentionPolicy.RUNTIME)
@interface CloudName {
  String value();
}
