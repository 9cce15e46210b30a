FROM gradle:8-jdk21-alpine AS gradle
USER gradle
COPY --chown=gradle:gradle . /home/gradle/src
WORKDIR /home/gradle/src
RUN gradle bootJar --no-daemon

FROM eclipse-temurin:21-alpine AS jre
RUN $JAVA_HOME/bin/jlink \
         --add-modules java.base,java.logging,java.naming,java.net.http \
         --strip-debug \
         --no-man-pages \
         --no-header-files \
         --compress=2 \
         --output /javaruntime

FROM alpine:3
ENV JAVA_HOME=/opt/java/openjdk
ENV PATH "${JAVA_HOME}/bin:${PATH}"
COPY --from=jre /javaruntime $JAVA_HOME
COPY --from=gradle /home/gradle/src/build/libs/*.jar /opt/app/app.jar
VOLUME /tmp
CMD ["java", "-jar", "/opt/app/app.jar"]
