/** JSON objects that strangers, users and AWS write, read in one way. */
package dev.bucketlens.json;
