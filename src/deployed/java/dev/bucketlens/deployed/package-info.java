/**
 * The template on an emulator of AWS: what {@code sam build} made is deployed, its functions run as
 * on Lambda, and clients of AWS use it. {@code mvn -Pdeployed} runs the scenarios, {@code mvn
 * -Ptry} leaves the stack up. Never deployed itself.
 */
package dev.bucketlens.deployed;
